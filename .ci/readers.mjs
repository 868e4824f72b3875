// Opens every page of a folder in Chromium: pictures at two widths, a PDF, and what axe-core finds.
import { chromium } from "playwright-core";
import { readFileSync, readdirSync, mkdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const [from, to] = process.argv.slice(2);
const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const pages = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? pages(path) : name.endsWith(".html") ? [path] : [];
});
mkdirSync(join(to, "screen"), { recursive: true });
mkdirSync(join(to, "print"), { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
let wrong = 0;
for (const path of pages(from)) {
  const name = relative(from, path).replaceAll("/", "-").replace(/\.html$/, "");
  for (const width of [360, 1200]) {
    // The page forbids scripts; the reader's own has to be let in.
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    await page.screenshot({ path: join(to, "screen", `${name}-${width}.png`), fullPage: true });
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const one of found.violations) {
      wrong += 1;
      console.log(`${name} at ${width}: ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 160)}`);
    }
    if (wide) { wrong += 1; console.log(`${name} at ${width}: wider than the screen`); }
    if (asked.length !== 1) { wrong += 1; console.log(`${name}: asks for ${asked.slice(1)}`); }
    await context.close();
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  const blocked = [];
  page.on("console", (message) => blocked.push(message.text()));
  await page.goto(pathToFileURL(path).href);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector("h1")).lineHeight !== "normal");
  if (!styled || blocked.length) { wrong += 1; console.log(`${name}: the style is not let in ${blocked}`); }
  await page.pdf({ path: join(to, "print", `${name}.pdf`), preferCSSPageSize: true });
  await context.close();
}
await browser.close();
console.log(`${pages(from).length} pages read, ${wrong} faults`);
process.exit(wrong ? 1 : 0);
