// Somebody who has no mouse: everything is reached by the Tab key, and wherever the focus stands is seen (WCAG 2.2, 2.1.1, 2.4.7, 2.4.11).
import type { Locator } from 'playwright-core';
import type { Visitor } from './console-town.ts';

const MOST_TABS = 150;

/** An outline or a shadow around what has the focus; of radios and checkboxes, which are drawn by their labels, around those. */
const IS_FOCUS_SEEN = `(() => {
  const focused = document.activeElement;
  const shows = ({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  const { top, bottom } = focused.getBoundingClientRect();
  const isInView = bottom > 0 && top < innerHeight;
  const label = focused.nextElementSibling;
  return isInView && (shows(getComputedStyle(focused)) || (label !== null && shows(getComputedStyle(label, '::before'))));
})()`;

/** Runs in the page. */
const isFocused = (one: unknown): boolean => (globalThis as unknown as PageGlobals).document.activeElement === one;
interface PageGlobals {
  readonly document: { readonly activeElement: unknown };
}

export class ByKeyboard {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** From where the focus is, onwards. */
  async to(target: Locator): Promise<void> {
    const { page } = this.#visitor;
    const wanted = await target.elementHandle();
    for (let tab = 0; tab < MOST_TABS; tab++) {
      await page.keyboard.press('Tab');
      if (!(await wanted?.evaluate(isFocused))) continue;
      if (await page.evaluate(IS_FOCUS_SEEN)) return;
      throw new Error(`Nobody sees that the focus is on ${await target.innerText()}.`);
    }
    throw new Error(`${await target.innerText()} is not reached by Tab.`);
  }

  /** Until the next page is there. */
  async press(role: 'link' | 'button', name: string | RegExp): Promise<void> {
    const { page } = this.#visitor;
    await this.to(page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first());
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.#visitor.page.keyboard.type(text);
  }
}
