import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useWords } from '../words/index.ts';
import { Icon } from './icon.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Said in small letters beside it. */
  readonly note?: string | undefined;
  /** Heading above it; options of one group follow one another. */
  readonly group?: string | undefined;
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly disabled?: boolean | undefined;
  readonly describedBy?: string | undefined;
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A select with a search: type to narrow, arrows to move, Enter to choose, Escape to leave it as it was. */
export function Choice({ label, options, value, onChoose, disabled, describedBy }: ChoiceProps) {
  const words = useWords();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const chosen = options.find((option) => option.value === value);
  const shown = useMemo(() => {
    const wanted = folded(text.trim());
    if (wanted === '') return options;
    return options.filter(({ label: name, note, value: own }) =>
      folded(`${name} ${note ?? ''} ${own}`).includes(wanted),
    );
  }, [options, text]);

  const show = () => {
    if (disabled === true || open) return;
    setText('');
    setActive(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
    setOpen(true);
  };
  const hide = () => {
    setOpen(false);
    setText('');
  };
  const choose = (option: Option | undefined) => {
    hide();
    if (option !== undefined && option.value !== value) onChoose(option.value);
  };

  useEffect(() => {
    if (!open) return;
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show();
      else {
        const step = key === 'ArrowDown' ? 1 : -1;
        setActive((place) => Math.min(shown.length - 1, Math.max(0, place + step)));
      }
    } else if (key === 'Enter') {
      event.preventDefault();
      if (open) choose(shown[active]);
      else show();
    } else if (key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (key === 'Home' && open) setActive(0);
    else if (key === 'End' && open) setActive(shown.length - 1);
  };

  return (
    <div
      class={open ? 'choice open' : 'choice'}
      ref={box}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        if (!(next instanceof Node && box.current?.contains(next) === true)) hide();
      }}
    >
      <input
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-describedby={describedBy}
        aria-expanded={open}
        aria-controls={open ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] !== undefined ? `${id}-${active}` : undefined}
        disabled={disabled}
        placeholder={open ? (chosen?.label ?? words.search) : undefined}
        value={open ? text : (chosen?.label ?? value)}
        onClick={show}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          if (!open) setOpen(true);
          setText(typed);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Icon name="down" />
      {open ? (
        <ul class="choice-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
          {shown.length === 0 ? (
            <li class="choice-none" role="option" aria-disabled="true" aria-selected={false}>
              {words.nothingFound(text)}
            </li>
          ) : null}
          {shown.map((option, place) => (
            <li
              key={option.value}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === active}
              class={option.value === value ? 'chosen' : undefined}
              onPointerDown={(event) => {
                event.preventDefault();
                choose(option);
              }}
            >
              {option.group !== undefined && option.group !== shown[place - 1]?.group ? (
                <span class="choice-group">{option.group}</span>
              ) : null}
              <span class="choice-label">{option.label}</span>
              {option.note === undefined ? null : <span class="choice-note">{option.note}</span>}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
