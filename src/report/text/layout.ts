import pc from 'picocolors';

/** Width of the terminal's text. */
export const width = 100;

/** The colours of the terminal's text, each a plain function; without colour they change nothing. */
export type Palette = ReturnType<typeof pc.createColors>;

/** How a document is shown. */
export interface TextOptions {
  readonly color: boolean;
  /** The outcome alone. */
  readonly brief?: boolean | undefined;
}

export function paletteOf({ color }: TextOptions): Palette {
  return pc.createColors(color);
}

/** Columns of a table: numbers stand to the right. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

interface Cell {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

/** A cell with a colour, which does not count for its width. */
export function cell(text: string, paint?: (text: string) => string): Cell {
  return { text, paint };
}

/** A table aligned by spaces: grey titles, two spaces between columns, two before the first. */
export function table(
  columns: readonly TableColumn[],
  rows: readonly (readonly (string | Cell)[])[],
  palette: Palette,
): string[] {
  const cells = rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? cell(value) : value)),
  );
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => Array.from(row[index]?.text ?? '').length)),
  );
  const line = (row: readonly Cell[]) =>
    `  ${columns
      .map(({ align }, index) => {
        const { text, paint } = row[index] ?? cell('');
        const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - Array.from(text).length));
        const painted = paint === undefined ? text : paint(text);
        return align === 'right' ? space + painted : painted + space;
      })
      .join('  ')}`.trimEnd();
  return [line(columns.map(({ title }) => cell(title, palette.dim))), ...cells.map(line)];
}

/** Sentences broken at spaces, each line after an indent. */
export function wrap(text: string, indent = 2): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((part) => ' '.repeat(indent) + part);
}

/** Blocks of lines with one empty line between them; empty blocks leave no trace. */
export function page(...blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** Commands, without the name of the program, with what each is for. */
export function nextSteps(
  steps: readonly { readonly to: string; readonly run: string }[],
  palette: Palette,
): string[] {
  if (steps.length === 0) return [];
  const longest = Math.max(...steps.map(({ to }) => to.length));
  return [
    palette.bold('Next'),
    ...steps.map(
      ({ to, run }) => `  ${to.padEnd(longest)}  ${palette.cyan(`tesoro-migrate ${run}`)}`,
    ),
  ];
}
