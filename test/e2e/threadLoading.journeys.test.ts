import { expect, it } from 'vitest';
import { sendMessage, setUpThreadPage, waitForStatus } from './setUpThreadPage.js';

const threadPage = setUpThreadPage();

it('shows the file name and an error while the file components cannot be loaded', async () => {
  const page = await threadPage.open();
  let isBlocked = true;
  let requests = 0;
  await page.route('**/threadFiles.lazy-*.js', (route) => {
    requests += 1;
    return isBlocked ? route.abort() : route.continue();
  });
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'rain.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  expect(await page.locator('[data-part="composer-attachments"]').innerText()).toBe('rain.csv');

  // Retry while still blocked: the module also retries on its own, which removes the button.
  const before = requests;
  await retry.click();
  await expect.poll(() => requests).toBeGreaterThan(before);
  isBlocked = false;
  await page.getByRole('button', { name: 'Remove rain.csv' }).waitFor();
  expect(await retry.count()).toBe(0);
  await sendMessage(page, 'Hello');
  await page.getByRole('list', { name: 'Attached files' }).getByText('rain.csv').waitFor();
  threadPage.ignoreBlockedRequests();
});

it('offers a retry while the failure notice cannot be loaded, and shows the notice once it is', async () => {
  const page = await threadPage.open();
  let isBlocked = true;
  await page.route('**/ThreadStatus.lazy-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  await sendMessage(page, 'fail');
  await waitForStatus(page, 'failed');
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();

  await sendMessage(page, 'Hello');
  await waitForStatus(page);
  expect(await retry.count()).toBe(0);

  isBlocked = false;
  await sendMessage(page, 'fail');
  await page.getByText('Server error.').waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
  threadPage.ignoreBlockedRequests();
});

it('offers a retry while the search cannot be loaded, and shows the search once it is', async () => {
  const page = await threadPage.open({ path: '/?search' });
  let isBlocked = true;
  await page.route('**/ThreadSearch.lazy-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  await page.reload();
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  isBlocked = false;
  await page.getByRole('searchbox').waitFor();
  expect(await retry.count()).toBe(0);
  threadPage.ignoreBlockedRequests();
});

it('renders every row while the row window cannot be loaded, and virtualizes once it is', async () => {
  const page = await threadPage.open({ path: '/?pace=0' });
  let isBlocked = true;
  await page.route('**/createRowWindow-*.js', (route) =>
    isBlocked ? route.abort() : route.continue(),
  );
  const rows = page.locator('[data-part="message-row"]');
  for (let sent = 1; sent <= 20; sent += 1) {
    await sendMessage(page, `Message ${sent}`);
    await rows.nth(sent * 2 - 1).waitFor();
    await waitForStatus(page);
  }
  expect(await rows.first().innerText()).toContain('Message 1');
  const isAtEnd = () =>
    page
      .locator('[data-part="thread-scroll"]')
      .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 2);
  expect(await isAtEnd()).toBe(true);

  isBlocked = false;
  await page.waitForFunction(
    () => document.querySelectorAll('[data-part="message-row"]').length < 40,
  );
  expect(await isAtEnd()).toBe(true);
  await page
    .locator('[data-part="thread-scroll"]')
    .evaluate((element) => element.scrollTo({ top: 0 }));
  await rows.getByText('Message 1', { exact: true }).waitFor();
  threadPage.ignoreBlockedRequests();
});
