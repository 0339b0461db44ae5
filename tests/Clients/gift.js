// npm gift-pegjs parses the whole GIFT export, and finds in it what the JSON export holds.
import assert from "node:assert/strict";
import { parse } from "gift-pegjs";

const [host, key] = process.argv.slice(2);
const exported = async (format) => (await fetch(`${host}/questions/export?format=${format}`, { headers: { "X-Api-Key": key } })).text();
const { questions } = JSON.parse(await exported("json"));
const parsed = parse(await exported("gift")).filter((item) => item.type !== "Category");
const types = { multipleChoice: "MC", multiSelect: "MC", numeric: "Numerical", trueFalse: "TF", interview: "Essay", expression: "Short", derivation: "Essay", debugging: "Essay" };
assert.equal(parsed.length, questions.length, "every question is there");

const byId = new Map(parsed.map((item) => [item.id, item]));
const plain = (text) => text.replace(/\s+/g, " ").trim();
for (const question of questions) {
  const item = byId.get(question.id);
  assert.ok(item, `${question.id} has its id`);
  assert.equal(item.type, types[question.kind], question.id);
  assert.equal(item.title, question.title, question.id);
  assert.ok(item.tags.includes(question.difficulty), `${question.id} is tagged`);
  if (question.template) continue;
  assert.ok(plain(item.stem.text).startsWith(plain(question.prompt)), `${question.id}: ${item.stem.text}`);
  if (question.kind === "multipleChoice")
    assert.deepEqual(item.choices.map((choice) => [plain(choice.text.text), choice.isCorrect]), question.choices.map((choice) => [plain(choice.text), choice.correct]), question.id);
  if (question.kind === "numeric") assert.equal(item.choices[0].text.number, question.numeric.value, question.id);
  if (question.kind === "trueFalse") assert.equal(item.isTrue, question.truth.value, question.id);
}
console.log(`gift-pegjs: ${parsed.length} questions`);
