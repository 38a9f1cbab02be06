import { css } from './markup.ts';

/** The look of the page, on a screen and on A4 paper. All text has a contrast of at least 4.5 : 1. */
export const style = css`
  :root {
    --ink: #1b2430;
    --quiet: #586474;
    --rule: #dfe4ea;
    --ground: #f5f6f8;
    --good: #0b6647;
    --attention: #855000;
    --bad: #a3241b;
    --open: #1f5687;
  }
  * {
    box-sizing: border-box;
  }
  html {
    -webkit-text-size-adjust: 100%;
  }
  body {
    margin: 0;
    background: var(--ground);
    color: var(--ink);
    font:
      16px/1.55 system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      Arial,
      sans-serif;
    font-variant-numeric: tabular-nums;
  }
  main {
    max-width: 62rem;
    margin: 2.5rem auto 0;
    padding: 0 4rem 4rem;
    background: #fff;
    border-radius: 6px;
    box-shadow:
      0 1px 2px rgb(27 36 48 / 8%),
      0 8px 32px rgb(27 36 48 / 5%);
    overflow: hidden;
  }
  footer {
    max-width: 62rem;
    margin: 0 auto;
    padding: 1.5rem 4rem 3rem;
    color: var(--quiet);
    font-size: 0.8125rem;
  }

  /* The verdict */
  .verdict {
    --tone: var(--open);
    margin: 0 -4rem 2.5rem;
    padding: 3.5rem 4rem 2.5rem;
    border-top: 6px solid var(--tone);
    border-bottom: 1px solid var(--rule);
  }
  .verdict.good {
    --tone: var(--good);
  }
  .verdict.attention {
    --tone: var(--attention);
  }
  .verdict.bad {
    --tone: var(--bad);
  }
  .kind {
    margin: 0 0 0.75rem;
    color: var(--quiet);
    font-size: 0.8125rem;
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
  }
  h1 {
    max-width: 22em;
    margin: 0 0 1rem;
    color: var(--tone);
    font-size: 2.375rem;
    font-weight: 650;
    line-height: 1.18;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }
  .explanation {
    max-width: 46em;
    margin: 0;
    font-size: 1.0625rem;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 1.5rem;
    margin: 2.25rem 0 0;
    padding: 0;
    list-style: none;
  }
  .figures li {
    padding-left: 1rem;
    border-left: 2px solid var(--rule);
  }
  .figures strong {
    display: block;
    font-size: 1.75rem;
    font-weight: 600;
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  .figures span {
    display: block;
    font-weight: 500;
  }
  .figures small {
    display: block;
    color: var(--quiet);
    font-size: 0.8125rem;
    line-height: 1.4;
  }

  /* Facts */
  .facts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0.5rem 2.5rem;
    margin: 0 0 1.75rem;
  }
  .facts div {
    display: grid;
    grid-template-columns: 7rem 1fr;
  }
  .facts .wide {
    grid-column: 1 / -1;
  }
  .facts dt {
    color: var(--quiet);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  /* Sections */
  section {
    margin-top: 3.25rem;
  }
  h2 {
    margin: 0 0 0.75rem;
    font-size: 1.375rem;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .ordinal {
    display: inline-block;
    min-width: 1.25em;
    color: var(--quiet);
    font-weight: 400;
  }
  h3 {
    margin: 0 0 0.25rem;
    font-size: 1rem;
    font-weight: 650;
  }
  p {
    max-width: 46em;
    margin: 0 0 1rem;
  }
  code {
    font:
      0.875em/1.4 ui-monospace,
      'SF Mono',
      'Cascadia Mono',
      Menlo,
      Consolas,
      'Liberation Mono',
      monospace;
    overflow-wrap: anywhere;
  }

  /* Tables */
  table {
    width: 100%;
    margin: 1.25rem 0 0;
    border-collapse: collapse;
    font-size: 0.875rem;
    line-height: 1.45;
  }
  caption {
    padding: 0 0 0.5rem;
    color: var(--quiet);
    font-size: 0.875rem;
    text-align: left;
  }
  th,
  td {
    padding: 0.45rem 0.75rem 0.45rem 0;
    border-bottom: 1px solid var(--rule);
    text-align: left;
    vertical-align: top;
    overflow-wrap: break-word;
  }
  th:last-child,
  td:last-child {
    padding-right: 0;
  }
  thead th {
    border-bottom: 1px solid #aab3bf;
    color: var(--quiet);
    font-size: 0.8125rem;
    font-weight: 600;
    vertical-align: bottom;
  }
  thead .groups th {
    padding-bottom: 0;
    border-bottom: 0;
    color: var(--ink);
    text-align: center;
  }
  thead .groups td {
    border-bottom: 0;
  }
  tbody th {
    font-weight: 500;
  }
  .number {
    padding-left: 0.5rem;
    padding-right: 0.5rem;
    text-align: right;
    white-space: nowrap;
  }
  .number + :not(.number) {
    padding-left: 1rem;
  }
  .hash {
    width: 59%;
  }
  .hash code {
    font-size: 0.71875rem;
    color: var(--quiet);
  }
  .comparison .number:nth-child(2n) {
    padding-left: 1rem;
    border-left: 1px solid var(--rule);
  }
  .counted {
    font-size: 0.8125rem;
  }
  .counted thead th {
    font-size: 0.75rem;
  }
  .zero {
    color: #6b7684;
  }
  .agree,
  .differ {
    white-space: nowrap;
  }
  .agree {
    color: var(--good);
  }
  .agree::before {
    content: '✓ ';
  }
  .differ,
  .warning {
    color: var(--bad);
  }
  td .differ::before {
    content: '✗ ';
  }
  .kept {
    color: var(--open);
    font-weight: 600;
  }
  .ignored {
    color: var(--attention);
  }
  .values tbody th {
    width: 44%;
  }
  .values small,
  .values .example {
    display: block;
  }
  .values small {
    margin-top: 0.125rem;
    color: var(--quiet);
    font-weight: 400;
    font-size: 0.8125rem;
  }
  .coverage {
    max-width: 46rem;
  }
  .coverage tbody th {
    font-weight: 400;
  }
  .rest {
    margin: 0.75rem 0 0;
    color: var(--quiet);
    font-size: 0.875rem;
  }

  /* Chart */
  .chart {
    margin: 1.5rem 0 2rem;
  }
  .chart > svg {
    display: block;
    width: 100%;
    height: auto;
  }
  .chart .name {
    fill: var(--ink);
    font-size: 14px;
    font-weight: 600;
  }
  .chart .note {
    fill: var(--quiet);
    font-size: 12px;
  }
  .chart .empty {
    fill: none;
    stroke: #aab3bf;
    stroke-dasharray: 3 3;
  }
  .chart figcaption {
    margin-top: 0.25rem;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin: 0 0 1.25rem;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  .meanings {
    margin: 1.25rem 0 0;
    font-size: 0.875rem;
  }
  .meanings div {
    display: grid;
    grid-template-columns: 6.5rem 1fr;
    padding: 0.1rem 0;
  }
  .meanings dt {
    font-weight: 600;
  }
  .meanings dd {
    margin: 0;
    color: var(--quiet);
  }

  /* Groups of findings */
  .group {
    margin-top: 1.5rem;
    padding-left: 1.25rem;
    border-left: 3px solid #d1560e;
  }
  .group p {
    margin-bottom: 0.25rem;
  }
  .group .place {
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .many {
    color: var(--bad);
  }
  .ids {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.5rem;
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .others {
    margin: 1.5rem 0 0;
    padding-left: 1.1rem;
  }
  .others li {
    margin-bottom: 0.25rem;
  }

  /* Signatures */
  .signers {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 3.5rem;
    margin-top: 2rem;
  }
  .line {
    height: 4rem;
    border-bottom: 1px solid var(--ink);
  }
  .line span {
    position: relative;
    top: 4.1rem;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  @media (max-width: 46rem) {
    main,
    footer {
      padding-right: 1.25rem;
      padding-left: 1.25rem;
    }
    .verdict {
      margin-right: -1.25rem;
      margin-left: -1.25rem;
      padding: 2rem 1.25rem;
    }
    h1 {
      font-size: 1.75rem;
    }
    .figures,
    .facts,
    .signers {
      grid-template-columns: 1fr 1fr;
    }
    .facts {
      grid-template-columns: 1fr;
    }
    .signers {
      grid-template-columns: 1fr;
    }
    table {
      display: block;
      overflow-x: auto;
    }
  }
  @page {
    size: A4;
    margin: 16mm 15mm 18mm;
    @bottom-right {
      content: counter(page) ' / ' counter(pages);
      color: #586474;
      font:
        8pt system-ui,
        sans-serif;
    }
  }
  @media print {
    html {
      font-size: 9.5pt;
    }
    body {
      background: none;
      font-size: 1rem;
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
    main {
      max-width: none;
      margin: 0;
      padding: 0;
      border-radius: 0;
      box-shadow: none;
      overflow: visible;
    }
    footer {
      max-width: none;
      padding: 3.5rem 0 0;
      break-before: avoid;
    }
    .verdict {
      margin: 0 0 2rem;
      padding: 1.75rem 0 2rem;
    }
    section {
      margin-top: 2.5rem;
    }
    h2,
    h3,
    caption {
      break-after: avoid;
    }
    tr,
    .group h3,
    .chart,
    .signatures,
    .figures {
      break-inside: avoid;
    }
  }
`;
