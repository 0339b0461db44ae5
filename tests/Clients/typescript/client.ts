// openapi-typescript's types and openapi-fetch: a gradient, a search, a quiz.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2]! });

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const gradient = await client.POST("/gradients", {
  body: { expression: "L = (a*b + c)^2", inputs: { a: 2, b: -3, c: 10 } },
});
check(gradient.data?.gradients["b"] === 16, `dL/db is 16: ${JSON.stringify(gradient)}`);

const questions = await client.GET("/questions", { params: { query: { difficulty: ["easy"], kind: ["trueFalse"], limit: 5 } } });
check(questions.data !== undefined && questions.data.items.every((item) => item.difficulty === "easy"), `easy questions only: ${JSON.stringify(questions)}`);

const quiz = await client.POST("/quizzes", { body: { filters: { kind: ["trueFalse"] }, count: 2, seed: 7 } });
check(quiz.data !== undefined, `a quiz: ${JSON.stringify(quiz.error)}`);
for (const { number } of quiz.data.items) {
  const answer = await client.POST("/quizzes/{id}/answers", { params: { path: { id: quiz.data.id } }, body: { item: number, answer: true } });
  check(answer.data !== undefined && (answer.data.explanation ?? "").length > 0, `graded: ${JSON.stringify(answer.error)}`);
}

const refused = await client.POST("/gradients", { body: { expression: "L = x^2", inputs: {} } });
check(refused.error !== undefined && "status" in refused.error && refused.error.status === 422, "an error is a problem");
console.log(`openapi-typescript: dL/db = ${gradient.data.gradients["b"]}, ${questions.data.total} questions, a quiz of ${quiz.data.items.length}`);
