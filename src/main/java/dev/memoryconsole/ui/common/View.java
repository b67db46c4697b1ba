package dev.memoryconsole.ui.common;

import javafx.scene.Parent;

/**
 * A view that is built.
 *
 * @param root what is shown
 * @param controller of its FXML
 */
public record View<C>(Parent root, C controller) {}
