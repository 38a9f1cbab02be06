import type { MediaFetchDocument, MediaStatusDocument } from '../../run/documents.ts';
import { count, duration, excerpt, moment, number, size } from '../figures.ts';
import type { Palette, TextOptions } from './layout.ts';
import { nextSteps, page, paletteOf } from './layout.ts';

const shown = 10;

function headline({ files, bytes }: MediaStatusDocument, palette: Palette): string {
  if (files.total === 0) return palette.bold('No row names a photo or document on the web');
  const stored = `${number(files.stored)} of ${count(files.total, 'file')} stored, ${size(Number(bytes))}`;
  if (files.failing > 0)
    return palette.yellow(palette.bold(`! ${stored}; ${number(files.failing)} cannot be had`));
  return files.stored === files.total
    ? palette.green(palette.bold(`✓ ${stored}`))
    : palette.bold(stored);
}

function failureLines({ failures, files }: MediaStatusDocument, palette: Palette): string[] {
  if (failures.total === 0) return [];
  const rest = failures.total - Math.min(failures.items.length, shown);
  return [
    palette.yellow(
      `Cannot be had: ${count(failures.total, 'file')}${files.givenUp === 0 ? '' : `, ${number(files.givenUp)} of them given up`}`,
    ),
    ...failures.items
      .slice(0, shown)
      .flatMap((failure) => [
        `  ${excerpt(failure.url, 90)}`,
        palette.dim(
          `    ${excerpt(failure.message.replace(`${failure.url}: `, ''), 60)} · ${failure.entity} ${failure.id}` +
            `${failure.rows > 1 ? ` and ${number(failure.rows - 1)} more` : ''} · ${failure.nextAt === null ? 'given up' : `again from ${moment(failure.nextAt)}`}`,
        ),
      ]),
    ...(rest > 0 ? [`  and ${number(rest)} more: see --json`] : []),
  ];
}

function steps({ files }: MediaStatusDocument, palette: Palette): string[] {
  return nextSteps(
    [
      ...(files.due > 0 ? [{ to: 'fetch what is due', run: 'media fetch' }] : []),
      ...(files.givenUp > 0 ? [{ to: 'ask for all again', run: 'media fetch --recheck' }] : []),
    ],
    palette,
  );
}

/** What `media status` shows. */
export function renderMediaStatusText(document: MediaStatusDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const top = headline(document, palette);
  if (options.brief === true) return page([top]);
  const { waiting, due } = document.files;
  return page(
    [top],
    [
      palette.dim(
        `account ${document.account} · ${number(waiting)} never asked for · ${number(due)} due`,
      ),
    ],
    failureLines(document, palette),
    steps(document, palette),
  );
}

/** What `media fetch` shows. */
export function renderMediaFetchText(document: MediaFetchDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const top = headline(document, palette);
  if (options.brief === true) return page([top]);
  const { stored, unchanged, failed, postponed } = document.asked;
  const asked = [
    `${number(stored)} stored now`,
    `${number(unchanged)} unchanged`,
    `${number(failed)} failed`,
    ...(postponed > 0 ? [`${number(postponed)} left for later, as their server fails`] : []),
  ];
  return page(
    [top],
    [
      palette.dim(
        `account ${document.account} · ${asked.join(', ')} · ${duration(document.seconds)}`,
      ),
    ],
    failureLines(document, palette),
    steps(document, palette),
  );
}
