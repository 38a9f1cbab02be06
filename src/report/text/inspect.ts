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

/** What `inspect` shows. */
export function renderInspectText(document: InspectDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const facts = [
    document.encoding === null ? '' : `encoding ${document.encoding}`,
    document.delimiter === null ? '' : `delimiter “${document.delimiter}”`,
  ].filter((fact) => fact !== '');
  const top = [
    `${palette.bold(document.adapter)}  ${percent(document.confidence, 1)} sure: ${document.reason}`,
    ...(facts.length === 0 ? [] : [palette.dim(facts.join(', '))]),
  ];
  if (options.brief === true) return page(top.slice(0, 1));
  return page(
    top,
    ...Object.entries(document.entities).map(([name, entity]) => fields(name, entity, palette)),
    document.warnings.flatMap((warning) => wrap(`Warning: ${warning}`, 0).map(palette.yellow)),
  );
}
