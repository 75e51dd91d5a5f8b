// Drives the report in chromium: `node drive.mjs REPORT.html FOLDER_FOR_SCREENSHOTS [HOSTILE.html]`. Ends with 1 at the first fault.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [report, shots, hostile] = process.argv.slice(2);
const address = pathToFileURL(report).href;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const settle = () => new Promise(done => setTimeout(done, 250));

// A page that fails at any message of error and at any request but that for itself.
const open = async (hash = '', { script = true, width = 1400, height = 1000, scheme = 'light' } = {}) => {
  const page = await browser.newPage();
  page.faults = [];
  page.on('console', message => ['error', 'warning', 'warn'].includes(message.type()) && page.faults.push(message.text()));
  page.on('pageerror', error => page.faults.push(error.message));
  page.on('request', request => { if (!request.url().startsWith(address)) page.faults.push(request.url()); });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(address + hash);
  await settle();
  return page;
};
const close = async page => { assert.deepEqual(page.faults, []); await page.close(); };
const shown = page => page.$$eval('.finding:not([hidden])', all => all.map(one => one.id));
const accessible = async (page, what) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const told = found.violations.map(one => `${one.id} ${one.nodes.length}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
  assert.deepEqual(told, [], what);
};
const shoot = async (page, selector, name) => {
  await page.$eval(selector, element => element.scrollIntoView());
  await settle();
  await page.screenshot({ path: join(shots, name) });
};

{ // Loads, filters, searches, keeps its state in the address.
  const page = await open();
  const all = await shown(page);
  assert.ok(all.length > 50);
  await page.select('select[name=s]', 'error');
  const errors = await shown(page);
  assert.ok(errors.length > 0 && errors.length < all.length);
  assert.match(await page.evaluate(() => location.hash), /s=error/);
  await page.type('#q', 'ebike_charging');
  const searched = await shown(page);
  assert.ok(searched.includes('D002-1') && searched.length < errors.length, searched.join(' '));
  const kept = await page.evaluate(() => location.hash);
  const again = await open(kept);
  assert.deepEqual(await shown(again), searched);
  await close(again);
  await page.click('button[type=reset]');
  await settle();
  assert.equal((await shown(page)).length, all.length);
  // Bodies, matters and areas narrow too.
  for (const name of ['b', 'm', 'a', 'c', 'f']) {
    const value = await page.$eval(`select[name=${name}]`, select => select.options[select.options.length - 1].value);
    await page.select(`select[name=${name}]`, value);
    const some = await shown(page);
    assert.ok(some.length < all.length, name);
    await page.select(`select[name=${name}]`, '');
  }
  assert.equal((await shown(page)).length, all.length);
  await close(page);
}
{ // Who has never seen a rule file asks: an e-bike charges in a corridor of the old town, at night.
  for (const [language, words, wanted] of [
    ['en', 'e-bike', ['police_station and fire_brigade', 'in every area, by day and by night', 'It is claimed by', 'who could settle it', 'What would mend it']],
    ['zh', '电动自行车', ['派出所和区消防救援大队', '各区域，不分昼夜', '均主张牵头', '可由谁解决', '如何改进']],
  ]) {
    const page = await open('#?l=' + language);
    await page.type('#q', words);
    const town = await page.$$eval('select[name=a] option', all => all.find(one => one.dataset.en.trim() === 'old_town').value);
    await page.select('select[name=a]', town);
    await page.select('select[name=s]', 'error');
    const found = await shown(page);
    assert.ok(found.includes('D002-1') && found.length <= 4, found.join(' '));
    const text = await page.$eval('#D002-1', one => one.innerText);
    for (const one of wanted) assert.ok(text.includes(one), `${one} in ${text}`);
    await close(page);
  }
}
{ // A picture is shown in its own size, and fitted to the page on request.
  const page = await open();
  const wide = () => page.$eval('#channels .scroll', box => box.scrollWidth > box.clientWidth + 1);
  assert.ok(await wide());
  await page.click('#channels button.fit');
  assert.ok(!await wide());
  await close(page);
}
{ // A deep link leads to its finding, even behind a filter that hides it.
  const page = await open('#D002-1?s=note');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'D002-1');
  assert.ok((await shown(page)).includes('D002-1'));
  // The keyboard walks the list, and goes to the search.
  await page.keyboard.press('j');
  const second = await page.evaluate(() => document.activeElement.id);
  assert.notEqual(second, 'D002-1');
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'D002-1');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.type('jk/');
  assert.equal(await page.$eval('#q', field => field.value), 'jk/');
  await close(page);
}
{ // Everything that can be done is come by with Tab alone, from the top.
  const page = await open();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  const met = new Set();
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    met.add(await page.evaluate(() => document.activeElement.id || document.activeElement.tagName));
  }
  for (const wanted of ['lang', 'theme', 'unfold']) assert.ok(met.has(wanted), `${wanted} in ${[...met]}`);
  await close(page);
}
{ // The matrix folds along both trees, and a cell leads to its findings alone.
  const page = await open();
  const visible = () => page.$$eval('#grid tbody tr:not([hidden])', rows => rows.length);
  const before = await visible();
  await page.click('#unfold');
  assert.ok(await visible() > before);
  await page.click('#grid tbody button[aria-expanded=true]');
  assert.ok(await visible() < before);
  await page.click('#unfold');
  await page.click('#unfold');
  const link = await page.$('#grid tbody tr:not([hidden]) td:not([hidden]) a');
  const target = await link.evaluate(it => it.hash.slice(1));
  await link.click();
  await settle();
  assert.ok((await shown(page)).includes(target));
  assert.match(await page.evaluate(() => location.hash), new RegExp('^#' + target));
  await close(page);
}
{ // Both languages, light and dark.
  const page = await open();
  await page.click('#lang');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh');
  assert.match(await page.$eval('h1', head => head.innerText), /规则审查/);
  await accessible(page, 'zh');
  await page.click('#theme');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await accessible(page, 'dark by choice');
  await close(page);
}
{ // Without the script it is read whole, in the language that was asked for.
  const page = await open('', { script: false });
  const text = await page.$eval('body', body => body.innerText);
  for (const wanted of ['Summary', 'Who leads what', 'police_station and fire_brigade']) assert.ok(text.includes(wanted), wanted);
  assert.ok(!text.includes('规则审查'));
  assert.equal((await shown(page)).length, await page.$$eval('.finding', all => all.length));
  await close(page);
}
for (const [what, width, height, scheme] of [['desktop', 1400, 1000, 'light'], ['phone', 390, 844, 'light'], ['dark', 1400, 1000, 'dark'], ['dark-phone', 390, 844, 'dark']]) {
  const page = await open('', { width, height, scheme });
  await accessible(page, what);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${what} scrolls sideways`);
  if (!what.startsWith('dark')) {
    await shoot(page, 'body', `${what}-summary.png`);
    await shoot(page, '#matrix', `${what}-matrix.png`);
    await shoot(page, '#procedure-3', `${what}-procedure.png`);
    await shoot(page, '#D002-1', `${what}-finding.png`);
  }
  await close(page);
}
{ // It prints: folded parts too, on more than a few pages.
  const page = await open();
  const pdf = Buffer.from(await page.pdf({ format: 'A4' })).toString('latin1');
  assert.ok(pdf.startsWith('%PDF') && (pdf.match(/\/Type\s*\/Page\b/g) || []).length > 20);
  await close(page);
}
if (hostile) { // A rule file full of elements, long names and characters that turn text: shown, not run.
  for (const [width, height] of [[1400, 1000], [390, 844]]) {
    const page = await browser.newPage();
    const faults = [];
    page.on('dialog', dialog => { faults.push(dialog.message()); dialog.dismiss(); });
    page.on('console', message => faults.push(message.text()));
    page.on('pageerror', error => faults.push(error.message));
    page.on('request', request => { if (!request.url().startsWith(pathToFileURL(hostile).href)) faults.push(request.url()); });
    await page.setViewport({ width, height });
    await page.goto(pathToFileURL(hostile).href);
    await settle();
    assert.equal(await page.$$eval('img, iframe, object, script', all => all.length), 1, 'our own script alone');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, 'it scrolls sideways');
    await accessible(page, 'hostile');
    assert.deepEqual(faults, []);
    await page.close();
  }
}
await browser.close();
