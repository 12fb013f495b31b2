// Every page of the console in a real browser: both themes, a desk's and a phone's width, keys alone, axe, pictures.
// Usage: console.mjs CONSOLE_URL POSTGRES_PORT PICTURES_FOLDER, with a demo behind them.
import { chromium } from "playwright-core";
import { execFile } from "node:child_process";
import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const [url, port, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(pictures, { recursive: true });
const faults = [];
let checks = 0;
const expect = (holds, what) => {
  checks++;
  if (!holds) {
    faults.push(what);
    console.log("FAILED  " + what);
  }
};

/** Sends a statement by psql; resolves with its exit status and all it printed. */
const send = (user, sql) => new Promise((done) => {
  const words = "host=127.0.0.1 port=" + port + " dbname=shop user=" + user + " password=demo application_name=psql";
  execFile("psql", ["-X", words, "-c", sql], (error, out, err) => done({ failed: !!error, text: out + err }));
});
const evil = "UPDATE orders SET status = '</code><img src=x onerror=document.title=1>\u202e' WHERE id = 77 -- p\u0430ypal";
const long = "UPDATE orders SET status = 'paid' WHERE id IN (\n" + Array.from({ length: 120 }, (_, i) => "  " + (5000 + i)).join(",\n") + "\n)";
const short = (id) => "UPDATE orders SET status = 'paid' WHERE id = " + id;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const open = async (theme, width, height) => {
  // What axe is put in by is no part of the console's own pages, whose rules would not let it in.
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height } });
  const page = await context.newPage();
  page.on("pageerror", (error) => expect(false, "a script failed: " + error));
  page.on("console", (line) => expect(line.type() !== "error" || /status of (401|404|422)/.test(line.text()), "the browser complains: " + line.text()));
  return page;
};
const signIn = async (page, name) => {
  await page.context().clearCookies();
  await page.goto(url + "/signin");
  await page.waitForFunction(() => document.activeElement.name === "name");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type("demo");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/approvals$/);
};
const look = async (page, place) => {
  const size = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(size[0] <= size[1], place + ": it is wider than the screen, " + size);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  for (const fault of found.violations) {
    const where = fault.nodes.map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).slice(0, 3).join("; ");
    expect(!["serious", "critical"].includes(fault.impact) && !fault.tags.includes("wcag2aa"), place + ": " + fault.id + " (" + fault.impact + ") " + where);
  }
};
const picture = (page, name, whole = false) => page.screenshot({ path: pictures + "/console-" + name + ".png", fullPage: whole });

// ---- what waits while we look
const waits = [send("maya", evil), send("support-agent", short(41)), send("erik", long)];
waits.forEach((wait) => wait.then((end) => console.log("answered: " + end.text.trim())));
const lead = await open("light", 1280, 900);
await signIn(lead, "lead");
await lead.waitForFunction(() => document.querySelectorAll(".requests .request").length === 3, null, { timeout: 60000 });
const ids = await lead.$$eval(".requests a.open", (links) => links.map((link) => ({ href: link.getAttribute("href"), text: link.textContent })));
const of = (who) => ids.find((one) => one.text.includes(": " + who)).href;

// ---- every page, in both themes, on a desk and on a phone
for (const theme of ["light", "dark"]) {
  for (const [size, width, height] of [["desk", 1280, 900], ["phone", 360, 740]]) {
    const page = await open(theme, width, height);
    await page.goto(url + "/signin");
    await look(page, "sign-in " + theme + " " + size);
    if (theme === "light" && size === "desk") {
      await picture(page, "signin");
    }
    await signIn(page, "lead");
    const places = { approvals: "/approvals", request: of("maya"), agent: of("support-agent"), long: of("erik"), decided: "/approvals/decided", nothing: "/approvals/req_0" };
    for (const [name, path] of Object.entries(places)) {
      await page.goto(url + path);
      await look(page, name + " " + theme + " " + size);
      if (name === "request" || (name === "approvals" && theme === "light")) {
        await picture(page, name + "-" + theme + (size === "phone" ? "-phone" : ""), size === "desk");
      }
    }
    expect(await page.title() !== "1", "a statement's text ran as a script");
    await signIn(page, "maya");
    for (const path of ["/requests", "/connect", "/approvals"]) {
      await page.goto(url + path);
      await look(page, "maya " + path + " " + theme + " " + size);
      if (theme === "light" && size === "desk" && path === "/connect") {
        await picture(page, "connect");
      }
    }
    await page.context().close();
  }
}

// ---- the theme is chosen, and kept
const before = await lead.evaluate(() => getComputedStyle(document.body).backgroundColor);
await lead.click("#theme");
const after = await lead.evaluate(() => getComputedStyle(document.body).backgroundColor);
expect(before !== after, "the theme changes");
await lead.reload();
expect(await lead.evaluate(() => getComputedStyle(document.body).backgroundColor) === after, "the theme is kept");
await look(lead, "approvals in the chosen theme");

// ---- nobody approves what was not on the screen
await lead.goto(url + of("erik"));
expect(await lead.isDisabled("button.approve"), "a long statement cannot be approved unread");
await lead.locator("#sql li").last().scrollIntoViewIfNeeded();
await lead.waitForFunction(() => !document.querySelector("button.approve").disabled);

// ---- an agent's owner does not decide about it
const maya = await open("light", 1280, 900);
await signIn(maya, "maya");
await maya.goto(url + of("support-agent"));
expect(await maya.locator("button.approve").count() === 0, "the agent's owner has no button to approve");
expect((await maya.textContent("main")).includes("You cannot decide this"), "and is told why");

// ---- by keys alone: the first is rejected, the second approved
await lead.goto(url + "/approvals");
await lead.keyboard.press("?");
expect(await lead.locator("#keys").isVisible(), "? shows the keys");
await look(lead, "keys");
await lead.keyboard.press("Escape");
const openByKeys = async (who) => {
  await lead.goto(url + "/approvals");
  for (let i = 0; i < 4; i++) {
    await lead.keyboard.press("j");
    if ((await lead.evaluate(() => document.activeElement.textContent)).includes(": " + who)) {
      break;
    }
  }
  await lead.keyboard.press("Enter");
  await lead.waitForURL(/\/approvals\/req_/);
};
await openByKeys("maya");
await lead.keyboard.press("r");
await lead.keyboard.press("Control+Enter");
await lead.waitForSelector("[role=alert]");
expect((await lead.textContent("[role=alert]")).includes("Say why"), "a rejection wants its comment");
await look(lead, "a complaint");
await lead.keyboard.press("r");
await lead.keyboard.type("use the batch job");
await lead.keyboard.press("Control+Enter");
await lead.waitForSelector(".chip.bad");
await look(lead, "rejected");
const rejected = await waits[0];
expect(rejected.failed && rejected.text.includes("use the batch job"), "psql is told of the rejection: " + rejected.text);
await openByKeys("support-agent");
await lead.keyboard.press("a");
await lead.keyboard.type("ok, CHG-7");
await lead.keyboard.press("Control+Enter");
await lead.waitForSelector(".chip.good");
await look(lead, "approved");
await picture(lead, "approved", true);
const approved = await waits[1];
expect(!approved.failed && approved.text.includes("UPDATE 1"), "the agent's statement ran: " + approved.text);

// ---- lists follow what happens, and do not move under the pointer
await lead.goto(url + "/approvals");
await lead.mouse.move(5, 890);
await lead.evaluate(() => document.activeElement.blur());
const next = send("maya", short(55));
await lead.waitForFunction(() => document.body.textContent.includes("id = 55"), null, { timeout: 10000 });
await lead.hover(".requests .request >> nth=0");
const another = send("maya", short(56));
await lead.waitForSelector("#news button", { timeout: 10000 });
expect(!(await lead.textContent("#live")).includes("id = 56"), "nothing moves under the pointer");
await lead.click("#news button");
expect((await lead.textContent("#live")).includes("id = 56"), "until it is asked for");

// ---- who asked takes it back
await maya.goto(url + "/requests");
while (await maya.locator(".withdraw button").count() > 0) {
  await maya.locator(".withdraw button").first().click();
  await maya.waitForSelector(".chip.over");
  await maya.goto(url + "/requests");
}
expect((await next).failed && (await another).failed, "what was withdrawn did not run");
await lead.goto(url + of("erik"));
await lead.fill("#comment", "too many at once");
await lead.click("button.reject");
await lead.waitForSelector(".chip.bad");
await waits[2];
await browser.close();
console.log(faults.length ? faults.length + " of " + checks + " checks failed" : "all " + checks + " checks hold");
process.exit(faults.length ? 1 : 0);
