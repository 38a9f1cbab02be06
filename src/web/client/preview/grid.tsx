import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EditResult, PreviewRow } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { FateMark } from '../parts/fates.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { isAbout, issueSentence, useWords } from '../words/index.ts';
import { Cell } from './cell.tsx';
import { nextProblem } from './next-problem.ts';
import type { Rows } from './rows.ts';
import { heightOf, rowHeight, scrollTo, windowAt } from './window.ts';

interface GridProps {
  readonly id: string;
  readonly rows: Rows;
  /** Columns of the file; undefined while the check goes on: then those of the rows that are there. */
  readonly columns: readonly string[] | undefined;
  readonly place: number;
  readonly onPlace: (place: number) => void;
  readonly version: number;
  readonly canEdit: boolean;
  readonly onMade: (result: EditResult) => void;
  /** Whether nothing is shown because of a filter. */
  readonly empty: boolean;
  readonly onClear: () => void;
}

/** The line and the fate stand before the columns of the file. */
const fixed = 2;
const fixedWidth = 78 + 132;
const columnWidth = 172;
const spareColumns = 2;
/** Room for the bar that scrolls to the side. */
const scrollBar = 18;

/** All rows of the preview: only those that are seen are drawn and fetched. */
export function Grid(props: GridProps) {
  const { id, rows, place, onPlace, canEdit } = props;
  const words = useWords();
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, left: 0, height: 480, width: 1000 });
  const [column, setColumn] = useState(fixed);
  const [editing, setEditing] = useState(false);
  const total = rows.total ?? 0;
  const columns = props.columns ?? columnsOf(rows);
  const shape = { rows: total, view: scroll.height };
  const seen = windowAt(scroll.top, shape);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => {
      setScroll({
        top: element.scrollTop,
        left: element.scrollLeft,
        height: element.clientHeight - rowHeight,
        width: element.clientWidth,
      });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [total > 0]);

  useEffect(() => {
    // A moment's rest while one scrolls far spares the server the pages in between.
    const timer = setTimeout(() => {
      rows.need(seen.first, Math.max(seen.end, seen.first + 1));
    }, 40);
    return () => {
      clearTimeout(timer);
    };
  }, [seen.first, seen.end, rows.need]);

  const save = useAction(async (row: PreviewRow, name: string, to: string) => {
    const result = await api.edit(
      id,
      { kind: 'cell', row: row.row, column: name, to },
      props.version,
    );
    props.onMade(result);
    const left = result.effect?.examples[0]?.issuesAfter ?? [];
    announce(
      left[0] === undefined
        ? words.corrections.fine
        : words.corrections.stillWrong(issueSentence(words, left[0])),
    );
  });

  const show = useCallback(
    (row: number, next: number) => {
      const element = frame.current;
      if (element === null) return;
      element.scrollTop = scrollTo(row, element.scrollTop, { rows: total, view: scroll.height });
      const left = (next - fixed) * columnWidth;
      if (next < fixed) return;
      const wide = element.clientWidth - fixedWidth;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (left + columnWidth > element.scrollLeft + wide)
        element.scrollLeft = left + columnWidth - wide;
    },
    [total, scroll.height],
  );
  const go = (row: number, next: number) => {
    const to = Math.max(0, Math.min(total - 1, row));
    const across = Math.max(0, Math.min(columns.length + fixed - 1, next));
    onPlace(to);
    setColumn(across);
    show(to, across);
  };
  const seek = useAction(async (back: boolean) => {
    const found = await nextProblem(rows, id, location.search, place, total, back);
    if (found === undefined) announce(words.preview.noNextProblem);
    else {
      const at = columns.findIndex((name) => isAbout(found.column, name));
      go(found.place, at < 0 ? 1 : at + fixed);
    }
  });
  const startEditing = () => {
    if (canEdit && column >= fixed && rows.at(place) !== undefined) setEditing(true);
    else if (column < fixed) document.getElementById('row-panel')?.focus();
  };
  const leaveEditing = () => {
    setEditing(false);
    frame.current?.focus({ preventScroll: true });
  };

  const pageOf = Math.max(1, Math.floor(scroll.height / rowHeight) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const all = event.ctrlKey || event.metaKey;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => {
        go(place + 1, column);
      },
      ArrowUp: () => {
        go(place - 1, column);
      },
      ArrowRight: () => {
        go(place, column + 1);
      },
      ArrowLeft: () => {
        go(place, column - 1);
      },
      PageDown: () => {
        go(place + pageOf, column);
      },
      PageUp: () => {
        go(place - pageOf, column);
      },
      Home: () => {
        go(all ? 0 : place, 0);
      },
      End: () => {
        go(all ? total - 1 : place, columns.length + fixed - 1);
      },
      Enter: startEditing,
      F2: startEditing,
      F8: () => {
        seek.run(event.shiftKey);
      },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };

  if (rows.refusal !== undefined && total === 0)
    return <RefusalNotice refusal={rows.refusal} onRetry={rows.retry} />;
  if (rows.total === 0)
    return (
      <Empty
        icon="search"
        title={props.empty ? words.preview.nothingMatches : words.preview.noRows}
      >
        {props.empty ? <Button onClick={props.onClear}>{words.preview.clear}</Button> : null}
      </Empty>
    );

  const firstColumn = Math.max(0, Math.floor(scroll.left / columnWidth) - spareColumns);
  const endColumn = Math.min(
    columns.length,
    Math.ceil((scroll.left + scroll.width) / columnWidth) + spareColumns,
  );
  const drawn = columns.slice(firstColumn, endColumn);
  const before = firstColumn * columnWidth;
  const width = fixedWidth + columns.length * columnWidth;
  const places = Array.from(
    { length: Math.max(0, seen.end - seen.first) },
    (_, at) => seen.first + at,
  );
  const cellId = (row: number, at: number) => `${gridId}-${row}-${at}`;

  return (
    <div class="grid-box">
      <RefusalNotice refusal={save.refusal ?? rows.refusal} onRetry={rows.retry} />
      <p class="soft keys" id={`${gridId}-keys`}>
        {canEdit ? words.preview.keysEdit : words.preview.keys}
      </p>
      <div
        ref={frame}
        class="grid"
        role="grid"
        tabIndex={0}
        style={{ height: `${heightOf(shape) + rowHeight + scrollBar}px` }}
        aria-label={words.preview.gridLabel}
        aria-describedby={`${gridId}-keys`}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + fixed}
        aria-readonly={!canEdit}
        aria-busy={save.busy}
        aria-activedescendant={editing ? undefined : cellId(place, column)}
        onKeyDown={onKeyDown}
      >
        <div class="grid-head" role="rowgroup" style={{ width: `${width}px` }}>
          <div class="grid-row" role="row" aria-rowindex={1}>
            <span class="cell line" role="columnheader" aria-colindex={1}>
              {words.line}
            </span>
            <span class="cell fated" role="columnheader" aria-colindex={2}>
              {words.preview.fate}
            </span>
            <span class="gap" role="presentation" style={{ width: `${before}px` }} />
            {drawn.map((name, at) => (
              <span
                key={name}
                class="cell"
                role="columnheader"
                aria-colindex={firstColumn + at + fixed + 1}
                title={name}
              >
                {name}
              </span>
            ))}
          </div>
        </div>
        <div
          class="grid-body"
          role="rowgroup"
          style={{ height: `${heightOf(shape)}px`, width: `${width}px` }}
        >
          {places.map((at) => {
            const row = rows.at(at);
            return (
              <div
                key={at}
                role="row"
                aria-rowindex={at + 2}
                aria-selected={at === place}
                class={`grid-row${at === place ? ' now' : ''}${row?.pending === true ? ' pending' : ''}`}
                style={{ transform: `translateY(${seen.top + (at - seen.first) * rowHeight}px)` }}
              >
                <span
                  class="cell line"
                  role="rowheader"
                  aria-colindex={1}
                  id={cellId(at, 0)}
                  onClick={() => {
                    onPlace(at);
                    setColumn(0);
                  }}
                >
                  {row === undefined ? '…' : (row.line ?? row.row + 1)}
                </span>
                <span
                  class="cell fated"
                  role="gridcell"
                  aria-colindex={2}
                  id={cellId(at, 1)}
                  onClick={() => {
                    onPlace(at);
                    setColumn(1);
                  }}
                >
                  {row === undefined ? null : row.pending ? (
                    <span class="mark">{words.preview.pending}</span>
                  ) : (
                    <FateMark fate={row.fate} />
                  )}
                </span>
                <span class="gap" role="presentation" style={{ width: `${before}px` }} />
                {drawn.map((name, across) => {
                  const index = firstColumn + across + fixed;
                  const active = at === place && index === column;
                  return (
                    <Cell
                      key={name}
                      id={cellId(at, index)}
                      index={index + 1}
                      name={name}
                      row={row}
                      active={active}
                      editing={active && editing}
                      onChoose={(edit) => {
                        if (editing && active) return;
                        setEditing(false);
                        onPlace(at);
                        setColumn(index);
                        if (edit && canEdit && row !== undefined) setEditing(true);
                      }}
                      onLeave={leaveEditing}
                      onSave={(to, move) => {
                        leaveEditing();
                        if (row !== undefined && to !== (row.cells[name] ?? ''))
                          save.run(row, name, to);
                        if (move !== 0) go(place, column + move);
                      }}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Of the rows that are there, while nobody has said what columns there are. */
function columnsOf(rows: Rows): readonly string[] {
  const names = new Set<string>();
  for (let at = 0; at < 50; at += 1)
    for (const name of Object.keys(rows.at(at)?.cells ?? {})) names.add(name);
  return [...names];
}
