import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { html } from '../../src/report/html/markup.ts';
import type { IssueGroup, ReportDocument } from '../../src/run/documents.ts';
import {
  difficultReport,
  emptyReport,
  goodReport,
  previewReport,
} from '../support/report-examples.ts';

const reports = { goodReport, difficultReport, previewReport, emptyReport };
const headlineOf = (page: string) => /<h1>([^<]*)<\/h1>/.exec(page)?.[1];

const voidElements = new Set(['meta', 'rect', 'br', 'hr', 'img', 'link']);

/** Elements that are opened and not closed, or closed and not opened. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of page.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^>"])*)>/gi,
  )) {
    if (slash === '/') {
      if (open.pop() !== name) return [`</${name}>`];
    } else if (!rest.endsWith('/') && !voidElements.has(name)) {
      open.push(name);
    }
  }
  return open;
}

describe.each(Object.entries(reports))('the page of %s', (_, report) => {
  const page = renderHtml(report);

  test('is one whole document', () => {
    expect(page).toMatch(/^<!doctype html>/);
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  test('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
    expect(page).not.toMatch(/<[^>]*\s(src|href)\s*=/i);
    expect(page).not.toMatch(/<[^>]*\son[a-z]+\s*=/i);
    expect(page).not.toMatch(/@import|url\((?!#)/);
  });

  test('can be read without eyes: a language, one h1, captions, scopes, a described chart', () => {
    expect(page).toContain('<html lang="en">');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption/g)?.length);
    expect(page).not.toMatch(/<th(?![^>]*scope=)[\s>]/);
    for (const svg of page.match(/<svg[^>]*viewBox[\s\S]*?<\/svg>/g) ?? []) {
      expect(svg).toMatch(/role="img"[\s\S]*<title[\s\S]*<desc/);
    }
  });
});

test.each([
  ['Nothing was lost: every one of 12,361 records is accounted for', goodReport],
  ['The verification found 7 differences', difficultReport],
  ['Preview: 1,475 of 1,483 records can be imported', previewReport],
  ['The source holds no records', emptyReport],
  ['All 12,361 records are accounted for, not yet verified', { ...goodReport, verification: null }],
  ['The numbers do not add up', { ...goodReport, run: { ...goodReport.run, balanced: false } }],
  [
    'Every one of 1,483 records is accounted for; 8 did not come in',
    { run: difficultReport.run, verification: goodReport.verification },
  ],
  [
    'The import was interrupted',
    { ...goodReport, run: { ...goodReport.run, status: 'interrupted' } },
  ],
  ['This import was undone', { ...goodReport, run: { ...goodReport.run, status: 'rolled-back' } }],
] satisfies [string, ReportDocument][])('the headline is: %s', (headline, report) => {
  expect(headlineOf(renderHtml(report))).toBe(headline);
});

test('hostile texts are shown, not obeyed', () => {
  const page = renderHtml(difficultReport);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;.xml');
  expect(page).toContain('&quot;&gt;&lt;img src=x onerror=alert(3)&gt;');
  expect(page).toContain('marina &amp; söhne &lt;s.l.&gt;');
  expect(page).toContain('zona&lt;b&gt;');
});

test('a template escapes everything but markup, in text and in attributes', () => {
  expect(html`<b title="${`"'&`}">${'<i>'}${html`<i>${null}${[1, '<']}</i>`}</b>`.toString()).toBe(
    '<b title="&quot;&#39;&amp;">&lt;i&gt;<i>1&lt;</i></b>',
  );
  expect(html`${'a\u0000b\u202ec'}`.toString()).toBe('a\ufffdb\ufffdc');
});

test('each rejected record and each difference is named', () => {
  const page = renderHtml(difficultReport);
  for (const text of [
    '4711',
    '4712',
    'AL-777',
    'contacto:45',
    '0199b001-1111-7000-8000-00000000cafe',
  ]) {
    expect(page).toContain(text);
  }
});

test('a report that must not be signed has no place to sign', () => {
  expect(renderHtml(difficultReport)).not.toContain('For the agency');
  expect(renderHtml(difficultReport)).toContain('not ready to be signed');
  expect(renderHtml(goodReport)).toContain('For the agency');
});

test('a preview speaks of what would be', () => {
  const page = renderHtml(previewReport);
  expect(page).toContain('What would become of each record');
  expect(page).toContain('would be rejected');
  expect(page).not.toMatch(/\b(was|were) rejected/);
});

test('a long list stops at 1,000 and says how many more there are, and how to get them', () => {
  const group: IssueGroup = {
    ...difficultReport.run.groups[0]!,
    count: 5000,
    examples: Array.from({ length: 1500 }, (_, index) => ({
      sourceId: `id-${index}`,
      value: null,
    })),
  };
  const page = renderHtml({
    ...difficultReport,
    run: { ...difficultReport.run, groups: [group] },
  });
  expect(page).toContain('id-999<');
  expect(page).not.toContain('id-1000<');
  expect(page).toContain('4,000 more');
  expect(page).toContain(`tesoro-migrate report ${difficultReport.run.run} --format csv`);
});

test('a bar never leaves the chart, and its smallest part can be seen', () => {
  const page = renderHtml(difficultReport);
  const bars = [...page.matchAll(/<rect\s+x="([\d.]+)"\s+y="0"\s+width="([\d.]+)"/g)];
  expect(bars.length).toBeGreaterThan(5);
  for (const [, x, width] of bars) {
    expect(Number(width)).toBeGreaterThanOrEqual(2);
    expect(Number(x) + Number(width)).toBeLessThanOrEqual(800);
  }
});
