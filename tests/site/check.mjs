// Opens every page of a folder in headless Chromium, light, dark and on a phone, and lets axe-core judge it.
// usage: node check.mjs FOLDER [SHOTS]; exit 1 where there is a violation, a page wider than its screen, or an outside request.
import { chromium } from "playwright-core";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const looks = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 375, height: 740 } },
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;
let checked = 0;
for (const look of looks) {
  const context = await browser.newContext({ colorScheme: look.colorScheme, viewport: look.viewport, bypassCSP: true });
  for (const name of pages) {
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) { faults += 1; console.log(`${name}: asks ${request.url()}`); }
    });
    await page.goto(pathToFileURL(join(folder, name)).href);
    await page.evaluate(axe);
    const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const violation of result.violations) {
      faults += 1;
      console.log(`${look.name} ${name}: ${violation.id} (${violation.impact}) ${violation.nodes.length}× ${violation.nodes[0].html.slice(0, 160)} ${violation.nodes[0].any.map((one) => one.message).join("; ").slice(0, 240)}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 1) { faults += 1; console.log(`${look.name} ${name}: ${wide}px wider than the screen`); }
    if (shots) await page.screenshot({ path: join(shots, `${name.replace("/", "-")}-${look.name}.png`) });
    if (shots && look.name === "light") {
      await page.emulateMedia({ media: "print" });
      await page.pdf({ path: join(shots, `${name.replace("/", "-")}.pdf`), format: "A4" });
    }
    checked += 1;
    await page.close();
  }
  await context.close();
}
await browser.close();
console.log(`${checked} passed over ${pages.length} pages, ${faults} faults`);
process.exit(faults ? 1 : 0);
