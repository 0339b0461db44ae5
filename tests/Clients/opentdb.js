// npm open-trivia-db, its routes pointed at this service: draws, categories, and a session that comes to its end and begins anew.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { Routes, Session, getCategory, getQuestions } = createRequire(import.meta.url)("open-trivia-db");
const host = process.argv[2];
for (const name of Object.keys(Routes)) Routes[name] = Routes[name].replace("https://opentdb.com", host);

const categories = (await (await fetch(`${host}/api_category.php`)).json()).trivia_categories;
const overall = (await (await fetch(`${host}/api_count_global.php`)).json()).overall.total_num_of_questions;
assert.ok(overall > 0, "there are open questions");
assert.ok(categories.every(({ id }) => id >= 9 && id <= 32), "the client knows the categories 9 to 32");

let counted = 0;
for (const { id } of categories) {
  const category = await getCategory(id);
  counted += category.questionCounts?.total ?? category.questionCount?.total;
}
assert.equal(counted, overall, "the categories' counts add up");

for (const encode of [undefined, "none", "base64", "urlLegacy", "url3986"]) {
  const [question] = await getQuestions({ amount: 1, ...(encode && { encode }) });
  assert.ok(question.value && question.correctAnswer && question.incorrectAnswers.length > 0, `a question comes whole (${encode})`);
}
assert.ok((await getQuestions({ amount: 1, type: "boolean" })).every((question) => question.type === "boolean"));

const session = new Session();
await session.start();
assert.match(session.token, /^[0-9a-f]{64}$/);
const seen = new Set();
for (let drawn = 0; drawn < overall; drawn++) {
  const [question] = await getQuestions({ amount: 1, session });
  seen.add(question.value);
}
assert.equal(seen.size, overall, "no question comes twice with a token");
await assert.rejects(getQuestions({ amount: 1, session }), /Token Empty|returned all possible/i);
await session.reset();
assert.equal((await getQuestions({ amount: 1, session })).length, 1, "after a reset it begins anew");
console.log(`open-trivia-db: ${overall} open questions in ${categories.length} categories, drawn once each with a token`);
