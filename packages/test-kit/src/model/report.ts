/**
 * The stand-in model's answer about `items`, each of them repeated where models put names: prose, Markdown emphasis and
 * lists, a table, shell and Python code, JSON, a quotation, Korean with particles written straight after.
 *
 * Items go in as they are, so the answer about tokens, restored, is exactly the answer about the originals.
 */
export function reportOn(items: readonly string[]): string {
  if (items.length === 0) return "There is nothing in it that needs a closer look.";
  return [prose(items), table(items), shell(items), python(items), json(items), korean(items), closing(items)].join(
    "\n\n",
  );
}

function prose(items: readonly string[]): string {
  const list = items.map((item, index) => `${index + 1}. **${item}**: healthy, see \`${item}\`.`);
  return [`I looked at ${items.join(", ")}.`, "", ...list].join("\n");
}

function table(items: readonly string[]): string {
  const rows = items.map((item, index) => `| ${item} | ${index % 2 === 0 ? "ok" : "check"} |${item}|`);
  return ["| resource | state | again |", "|---|---|---|", ...rows].join("\n");
}

function shell(items: readonly string[]): string {
  const lines = items.map((item) => `inspect --target=${item} --tag 'seen:${item}' "${item}"`);
  return ["```sh", ...lines, "```"].join("\n");
}

function python(items: readonly string[]): string {
  const entries = items.map((item, index) => `    ${index}: ("${item}", '${item}'),`);
  return ["```python", "targets = {", ...entries, "}", "```"].join("\n");
}

function json(items: readonly string[]): string {
  const entries = items.map((item) => `{"id":"${item}","path":["${item}"]}`);
  return `{"count":${items.length},"resources":[${entries.join(",")}]}`;
}

function korean(items: readonly string[]): string {
  const [first, last] = [items[0], items.at(-1)];
  return `${first}은 정상이고 ${last}에서 ${first}로 옮겼습니다. “${last}”의 상태를 확인하세요.`;
}

function closing(items: readonly string[]): string {
  const [first, last] = [items[0], items.at(-1)];
  return `> (${first}) and [${last}]; ${first}/${last}'s owner was told. 👍 Next: ${last}.\n\n${first}\n${last}`;
}
