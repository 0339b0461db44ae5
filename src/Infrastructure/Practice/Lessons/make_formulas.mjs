// Writes formulas.json, the MathML of each formula of the lessons by its LaTeX: npm install temml && node make_formulas.mjs, in this folder.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import temml from "temml";

const lessons = readdirSync(".", { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "node_modules");
const files = lessons.flatMap(({ name }) => readdirSync(name).filter((file) => file.endsWith(".md")).map((file) => `${name}/${file}`));
const formulas = new Set(files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/^\$\$\n(.*?)\n\$\$$/gms)].map((match) => match[1])));

// Classes and styles belong to a style sheet of the library, and pages that allow no inline styles would complain about them.
const mathml = (latex) => temml.renderToString(latex, { displayMode: true, throwOnError: true, xml: true }).replace(/ (class|style)="[^"]*"/g, "");
const entries = [...formulas].sort().map((latex) => [latex, mathml(latex)]);
writeFileSync("formulas.json", JSON.stringify(Object.fromEntries(entries), null, 2) + "\n");
