import { describe, expect, test } from 'vitest';
import { prose } from '../../../src/mapping/transforms/prose.ts';
import type { IssueCode } from '../../../src/model/issue.ts';
import { applied } from '../../support/transform.ts';

interface Example {
  readonly name: string;
  readonly written: string | null;
  readonly text: string | null;
  readonly issues?: readonly IssueCode[];
  readonly kept?: boolean;
}

describe('prose', () => {
  test.each<Example>([
    { name: 'nothing', written: null, text: null },
    { name: 'an empty text', written: '', text: null },
    { name: 'a blank text', written: ' \n\u00A0', text: null },
    {
      name: 'plain text',
      written: 'Two bedrooms near the sea.',
      text: 'Two bedrooms near the sea.',
    },
    {
      name: 'wrapped lines with indentation, and the mark of Inmoweb',
      written: 'First line.\r\n      \r\n      Second line.[IW]',
      text: 'First line.\n\nSecond line.',
    },
    { name: 'more empty lines than one', written: 'a\n\n\n\nb', text: 'a\n\nb' },
    {
      name: 'line ends that were escaped twice',
      written: 'a&#13;&#13;b&amp;#13;\nc&#xD;&#xA;d',
      text: 'a\n\nb\nc\nd',
      issues: ['TEXT_REPAIRED'],
    },
    {
      name: 'no-break spaces that were escaped twice',
      written: 'a&amp;nbsp;b&nbsp;c',
      text: 'a b c',
      issues: ['TEXT_REPAIRED'],
    },
    {
      name: 'other references, which stay',
      written: 'a &lt; b &amp; c &eacute;',
      text: 'a &lt; b &amp; c &eacute;',
    },
    {
      name: 'a sign that is no tag',
      written: '3 < 4 and 5 > 4, a<5',
      text: '3 < 4 and 5 > 4, a<5',
    },
    {
      name: 'HTML',
      written: '<p>Casa &amp; jard&iacute;n, 5&nbsp;m&sup2;</p>\n<p>Linea<br />\notra</p>',
      text: 'Casa & jardín, 5 m²\n\nLinea\notra',
      kept: true,
    },
    {
      name: 'a list of HTML',
      written: '<ul><li>Sea</li><li>Pool</li></ul>',
      text: '- Sea\n- Pool',
      kept: true,
    },
    {
      name: 'a script, its content and comments, which go',
      written: 'a<script>alert(1)</script><!-- <b> -->b<style>p{}</style>',
      text: 'ab',
      kept: true,
    },
    {
      name: 'tags within tags, which leave no tag behind',
      written: '<<b>script>alert(1)</<b>script>',
      text: 'alert(1)',
      kept: true,
    },
    {
      name: 'HTML that was escaped inside HTML',
      written: '<p>&lt;b&gt;bold&lt;/b&gt;</p>',
      text: 'bold',
      kept: true,
    },
    {
      name: 'text that was decoded twice',
      written: 'GrundstÃ¼ck Ã\u00A0\r\nVerkauf',
      text: 'Grundstück à\nVerkauf',
      issues: ['TEXT_REPAIRED'],
      kept: true,
    },
  ])('tidies $name', ({ written, text, issues = [], kept = false }) => {
    expect(applied(prose, written)).toEqual({ value: text, issues, kept });
  });

  test('keeps harmless HTML where the mapping says so', () => {
    const written =
      '<p style="color:red" onclick="x()">a <B>b</B></p><a href="javascript:x()">c</a><img src=x onerror=y>';
    expect(applied(prose, written, { options: { html: 'safe' } })).toEqual({
      value: '<p>a <b>b</b></p>c',
      issues: [],
      kept: true,
    });
  });

  test('reads each text of a group or a list', () => {
    const value = { en: 'a\r\nb', nl: '', de: ['c[IW]', null] };
    expect(applied(prose, value).value).toEqual({ en: 'a\nb', nl: null, de: ['c', null] });
  });

  test('takes no time for a text made to be slow', () => {
    const slow = [
      ' '.repeat(200_000),
      '<'.repeat(100_000),
      '<a'.repeat(100_000),
      '&#13;'.repeat(50_000),
    ];
    const started = performance.now();
    for (const text of slow) applied(prose, `${text}.`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
