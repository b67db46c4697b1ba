// Commands come in by lines, answers go out by lines.
import { createInterface } from "node:readline";

export const say = (line) => process.stdout.write(line + "\n");

// Runs one command after the other; the process ends with its input.
export async function serve(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const [name, ...words] = line.split(" ");
    if (name === "exit") break;
    try {
      await commands[name](...words);
    } catch (e) {
      say(`failed ${e.code ?? ""} ${e.message}`);
    }
  }
  process.exit(0);
}

export const pause = (millis) => new Promise((done) => setTimeout(done, millis));
