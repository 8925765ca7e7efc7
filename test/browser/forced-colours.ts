// A page in forced colours, as of a contrast theme: backgrounds and shadows are gone, and whatever was said by them alone (console.md, 8;
// WCAG 2.2, 1.4.1, 1.4.11, 2.4.7).
import type { Visitor } from './console-town.ts';

/** Of axe's rules those that ask about colours: what else a page is, is the same in any colours. */
const RULES_OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What both scripts need. A box counts as drawn by a border or an outline that one sees. */
const DRAWN = `
  const isClear = (colour) => /rgba\\(.*, 0\\)|transparent/.test(colour);
  const edges = ['Top', 'Right', 'Bottom', 'Left'];
  const hasEdge = (style) => edges.some((edge) =>
    style['border' + edge + 'Style'] !== 'none' && parseFloat(style['border' + edge + 'Width']) >= 1 && !isClear(style['border' + edge + 'Color']));
  const hasOutline = (style) => style.outlineStyle !== 'none' && !isClear(style.outlineColor) && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 1);
  const isDrawn = (style) => hasEdge(style) || hasOutline(style);
  const groundOf = (one) => one === null ? 'rgb(255, 255, 255)' : isClear(getComputedStyle(one).backgroundColor) ? groundOf(one.parentElement) : getComputedStyle(one).backgroundColor;
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getBoundingClientRect().width > 1;
  const named = (one) => one.outerHTML.slice(0, 120);
`;

/** In usual colours: what is painted by its background alone, and says nothing in words, is marked. */
const MARK_PAINTED = `(() => {
  ${DRAWN}
  for (const one of document.body.querySelectorAll('*:not(svg, svg *)')) {
    if (!isShown(one)) continue;
    const parts = ['', '::before', '::after'].filter((part) => {
      const style = getComputedStyle(one, part || undefined);
      const isThere = part === '' ? one.textContent.trim() === '' : style.content === '""' && parseFloat(style.width) > 1 && parseFloat(style.height) > 1 && style.opacity !== '0';
      return isThere && !isClear(style.backgroundColor) && style.backgroundColor !== groundOf(part === '' ? one.parentElement : one) && !isDrawn(style);
    });
    if (parts.length > 0) one.setAttribute('data-painted', parts.join(' ') || 'itself');
  }
})()`;

/** In forced colours: what of that is gone, and controls, tags and chosen entries that nothing sets apart any more. */
const FIND_LOST = `(() => {
  ${DRAWN}
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  const painted = all('[data-painted]').filter((one) =>
    one.getAttribute('data-painted').split(' ').some((part) => {
      const pseudo = part === 'itself' ? undefined : part;
      const style = getComputedStyle(one, pseudo);
      return !isDrawn(style) && (isClear(style.backgroundColor) || style.backgroundColor === groundOf(pseudo ? one : one.parentElement));
    }));
  const controls = all('button, .govuk-button, input:not([type=radio], [type=checkbox], [type=hidden]), select, textarea')
    .filter((one) => !isDrawn(getComputedStyle(one)) && !getComputedStyle(one).textDecorationLine.includes('underline'));
  const tags = all('.govuk-tag').filter((one) => !isDrawn(getComputedStyle(one)));
  const boxes = [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
    .filter((one) => one.nextElementSibling !== null && !hasEdge(getComputedStyle(one.nextElementSibling, '::before')));
  const isMarked = (one) => {
    const before = getComputedStyle(one, '::before');
    return before.content !== 'none' && (hasEdge(before) || (!isClear(before.backgroundColor) && before.backgroundColor !== groundOf(one)));
  };
  const looksOf = (one) => [one, one.parentElement, one.firstElementChild ?? one].map((each) => {
    const style = getComputedStyle(each);
    return [style.fontWeight, ...edges.map((edge) => style['border' + edge + 'Width']), style.textDecorationLine, isMarked(each)].join();
  }).join(' ');
  const chosen = all('nav [aria-current]').filter((one) => {
    const others = [...(one.closest('ul') ?? one.closest('nav')).querySelectorAll('a:not([aria-current])')].filter(isShown);
    return others.some((other) => looksOf(other) === looksOf(one));
  });
  const pictures = all('svg.picture').filter((one) => getComputedStyle(one).forcedColorAdjust !== 'none' || getComputedStyle(one).backgroundColor !== 'rgb(255, 255, 255)');
  const told = { 'painted and gone': painted, 'a control without an edge': controls, 'a tag without an edge': tags, 'a box without an edge': boxes,
    'chosen, and looks like the others': chosen, 'a picture in colours that are not its own': pictures };
  return Object.entries(told).flatMap(([what, ones]) => ones.map((one) => what + ': ' + named(one)));
})()`;

/** What can have the focus and shows no outline then: there are no shadows in forced colours. Asked after the Tab key. */
const FIND_UNSEEN_FOCUS = `(() => {
  ${DRAWN}
  const outlined = (style) => hasOutline(style) && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 2);
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((one) => {
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) return false;
      const label = one.matches('[type=radio], [type=checkbox]') ? one.nextElementSibling : null;
      return !outlined(getComputedStyle(one)) && !(label !== null && outlined(getComputedStyle(label, '::before')));
    })
    .map((one) => 'focus unseen: ' + named(one));
})()`;

/** Of the page that is open. */
export const lostInForcedColours = async (visitor: Visitor): Promise<readonly string[]> => {
  const { page } = visitor;
  await page.evaluate(MARK_PAINTED);
  await page.emulateMedia({ forcedColors: 'active' });
  try {
    const lost = await page.evaluate<readonly string[]>(FIND_LOST);
    const hindrances = await visitor.hindrances(RULES_OF_COLOURS);
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate<readonly string[]>(FIND_UNSEEN_FOCUS);
    return [...lost, ...hindrances, ...unseen].map((one) => `in forced colours, ${one}`);
  } finally {
    await page.emulateMedia({ forcedColors: 'none' });
  }
};
