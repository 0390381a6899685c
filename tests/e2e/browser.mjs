// One action in a headless Chromium on a flow run's page: look, retry or resume. Arguments: one JSON object.
// {chromium, address, run, action, shots: folder, name, answer: {decision, person, document_no, comment}}
import { chromium } from "playwright-core";

const given = JSON.parse(process.argv[2]);
const page_of = { look: "", tasks: "", artifacts: "?tab=Artifacts", logs: "?tab=Logs" };
const browser = await chromium.launch({ executablePath: given.chromium, args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "zh-CN" });
const page = await context.newPage();
const outside = [];
page.on("request", (request) => {
  if (!request.url().startsWith(given.address) && /^(http|ws)/.test(request.url())) outside.push(request.url());
});

const shot = (name) => page.screenshot({ path: `${given.shots}/${name}.png` });
const settle = async () => {
  await page.waitForLoadState("networkidle", { timeout: 20000 }).catch(() => {});
  await page.waitForTimeout(1500);
};
const open = async (path) => {
  await page.goto(`${given.address}${path}`, { timeout: 90000 });
  await settle();
};
const header = (name) => page.getByRole("button", { name, exact: true }).first();
const confirm = (name) => page.getByRole("dialog").getByRole("button", { name, exact: true });

const choose = async (label, value) => {
  const dialog = page.getByRole("dialog");
  const box = dialog.locator(".p-label, .schema-form-property").filter({ hasText: label }).last();
  await box.locator(".p-select-button__control").first().focus();
  await page.keyboard.press("ArrowDown");
  const option = page.locator("[class*=p-select-option]").getByText(value, { exact: true }).first();
  await option.click({ timeout: 10000 }).catch(async (error) => {
    const html = await page.evaluate(() => [...document.body.children].map((e) => e.outerHTML.slice(0, 1500)).join("\n####\n"));
    throw new Error(`${error} ${html}`);
  });
};
const write = async (label, value) => {
  const dialog = page.getByRole("dialog");
  const box = dialog.locator(".p-label, .schema-form-property").filter({ hasText: label }).last();
  await box.locator("textarea, input[type=text], input:not([type])").first().fill(value);
};

const actions = {
  async look() {
    await open(given.path ?? `/runs/flow-run/${given.run}`);
    if (given.tab) await page.getByText(given.tab, { exact: true }).first().click().then(settle);
    await shot(given.name);
    return { text: await page.locator("body").innerText() };
  },
  async retry() {
    await open(`/runs/flow-run/${given.run}`);
    await header("Retry").click();
    await settle();
    await shot(given.name);
    await confirm("Retry").click();
    await settle();
    return { clicked: "Retry" };
  },
  async resume() {
    await open(`/runs/flow-run/${given.run}`);
    await header("Resume").click();
    await settle();
    await choose("决定", given.answer.decision);
    await write("姓名", given.answer.person);
    await write("文号", given.answer.document_no);
    await write("意见", given.answer.comment);
    await shot(given.name);
    await confirm(given.button ?? "Submit").click();
    await settle();
    return { clicked: "Resume" };
  },
};

let result;
try {
  result = await actions[given.action]();
} catch (error) {
  await shot(`${given.name}-failed`).catch(() => {});
  result = { error: String(error), html: (await page.getByRole("dialog").innerHTML().catch(() => "")).slice(0, 6000) };
}
console.log(JSON.stringify({ ...result, outside }));
await browser.close();
