import type { InspectDocument } from '../../run/documents.ts';
import { count, excerpt, percent } from '../figures.ts';
import type { Palette, TextOptions } from './layout.ts';
import { cell, page, paletteOf, table, wrap } from './layout.ts';

type Entity = InspectDocument['entities'][string];

function fields(name: string, entity: Entity, palette: Palette): string[] {
  const { records, active, deleted } = entity;
  return [
    `${palette.bold(name)}  ${count(records, 'record')}: ${count(active, 'active', 'active')}, ${count(deleted, 'deleted', 'deleted')}`,
    ...(entity.fields.length === 0
      ? []
      : table(
          [{ title: 'field' }, { title: 'filled', align: 'right' }, { title: 'examples' }],
          entity.fields.map((field) => [
            excerpt(field.name, 36),
            cell(percent(field.filled, records), field.filled === 0 ? palette.dim : undefined),
            excerpt(field.examples.map((value) => excerpt(value, 24)).join(' · '), 48),
          ]),
          palette,
        )),
  ];
}

const filesShown = 20;

/** How each file is written; one line for all where they are written alike. */
function files({ files }: InspectDocument, palette: Palette): string[] {
  const lines = files.map((file) => ({ name: file.name, facts: factsOf(file) }));
  const [first] = lines;
  if (first === undefined) return [];
  if (lines.every(({ facts }) => facts === first.facts)) return [palette.dim(first.facts)];
  return [
    ...lines
      .slice(0, filesShown)
      .map(({ name, facts }) => `${excerpt(name, 40)}  ${palette.dim(facts)}`),
    ...(lines.length > filesShown ? [`and ${count(lines.length - filesShown, 'more file')}`] : []),
  ];
}

function factsOf(file: InspectDocument['files'][number]): string {
  const guessed = (isCertain: boolean): string => (isCertain ? '' : ' (guessed)');
  const { entity, encoding, delimiter, headerLine } = file;
  return [
    ...(entity === null ? [] : [entity]),
    ...(encoding === null ? [] : [`encoding ${encoding}${guessed(file.encodingCertain)}`]),
    ...(delimiter === null
      ? []
      : [
          `delimiter ${delimiter === '\t' ? 'tab' : `“${delimiter}”`}${guessed(file.delimiterCertain)}`,
        ]),
    ...(headerLine === null || headerLine === 1 ? [] : [`header on line ${String(headerLine)}`]),
  ].join(', ');
}

/** What `inspect` shows. */
export function renderInspectText(document: InspectDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const top = [
    `${palette.bold(document.adapter)}  ${percent(document.confidence, 1)} sure: ${document.reason}`,
    ...files(document, palette),
  ];
  if (options.brief === true) return page(top.slice(0, 1));
  return page(
    top,
    ...Object.entries(document.entities).map(([name, entity]) => fields(name, entity, palette)),
    document.warnings.flatMap((warning) => wrap(`Warning: ${warning}`, 0).map(palette.yellow)),
  );
}
