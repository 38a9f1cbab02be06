import * as z from 'zod';
import type { Transform } from './transform.ts';

/** The reference of transforms, docs/mapping-reference.md, made from their declarations. */
export function renderReference(transforms: readonly Transform[]): string {
  const sorted = [...transforms].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${[introduction, ...sorted.map(renderTransform)].join('\n\n')}\n`;
}

const introduction = `# Transforms

Made from \`src/mapping/transforms/\`; not to be edited. Transforms stand under \`do\` of a rule of
[the mapping language](mappings.md), by name (\`do: [trim]\`) or with options
(\`do: [{ decimal: { decimal: comma } }]\`). None fails on data: what a transform cannot read is left out, with an issue.`;

type Schema = z.core.JSONSchema._JSONSchema;

function renderTransform({ name, about, options }: Transform): string {
  const lines = optionLines(z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }));
  return [`## ${name}`, about, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
}

/** One line an option; an option that is not a group has no name. */
function optionLines(schema: Schema): readonly string[] {
  if (typeof schema === 'boolean') return [];
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(optionLines);
  if (schema.properties === undefined) {
    const shape = shapeOf(schema);
    return shape === undefined ? [] : [`- ${sentence(shape, schema.description)}`];
  }
  const required = new Set(schema.required);
  return Object.entries(schema.properties).map(([name, option]) => {
    const { description, default: byDefault } = typeof option === 'boolean' ? {} : option;
    const remark = required.has(name)
      ? ', required'
      : typeof byDefault === 'string'
        ? `; else \`${byDefault}\``
        : '';
    return `- \`${name}\`: ${sentence(`${shapeOf(option) ?? 'anything'}${remark}`, description)}`;
  });
}

function sentence(shape: string, description: string | undefined): string {
  return description === undefined ? shape : `${shape}. ${description}`;
}

function shapeOf(schema: Schema): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (schema.enum !== undefined)
    return schema.enum.map((value) => `\`${String(value)}\``).join(' or ');
  if (schema.anyOf !== undefined)
    return schema.anyOf.flatMap((one) => shapeOf(one) ?? []).join(' or ');
  if (schema.type === 'array') return 'a list of texts';
  return schema.type === 'string' ? 'a text' : undefined;
}
