import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import userEvent from '@testing-library/user-event';
import { chromium } from 'playwright';

declare const legacy: any;

test('logs in', async ({ page }) => {
  await page.goto('/login');
  page.getByRole('button', { name: 'Log in' }).click();
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  page.on('dialog', () => {});
  expect(page).toHaveTitle('Home');
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  expect(2).toBe(2);
});

test('types', async () => {
  const user = userEvent.setup();
  user.click(document.body);
//^^^^^^^^^^^^^^^^^^^^^^^^^ floating-promise dropped
  await user.tab();
});

export async function shot(path: string) {
  const browser = await chromium.launch();
  const page = await browser.newPage();
  page.screenshot({ path });
  await browser.close();
  const work = promisify(legacy.work);
  work(path);
//^^^^^^^^^^ floating-promise dropped
}
