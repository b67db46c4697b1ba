<#-- Each part of the program that is not ours, with its licences below it. -->
<#list dependencyMap as entry>
${(entry.getKey().name)!entry.getKey().artifactId} ${entry.getKey().version} (${entry.getKey().groupId}:${entry.getKey().artifactId})
  ${entry.getValue()?join(", ")}
</#list>
