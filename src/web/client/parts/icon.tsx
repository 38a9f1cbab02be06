const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.2v.3',
  info: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5.5M12 7.6v.3',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v6M12 16.3v.3',
  upload: 'M12 16V4.5M7 9l5-5 5 5M4 15.5V19a1 1 0 001 1h14a1 1 0 001-1v-3.5',
  download: 'M12 4v11.5M7 11l5 5 5-5M4 15.5V19a1 1 0 001 1h14a1 1 0 001-1v-3.5',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  undo: 'M8 5L4 9l4 4M4.5 9H14a6 6 0 010 12h-3',
  search: 'M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L21 21',
  down: 'M6 9.5l6 6 6-6',
  right: 'M9.5 6l6 6-6 6',
  left: 'M14.5 6l-6 6 6 6',
  plus: 'M12 5v14M5 12h14',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3',
  trash: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13',
  people:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.600 2.900-6 6.5-6s6.5 2.400 6.5 6M16 4.300a3.5 3.5 0 010 6.400M18 14.5c2.200.9 3.5 2.900 3.5 5.5',
  key: 'M8 15a4 4 0 100-8 4 4 0 000 8zM12 11h9M18 11v3.5M15 11v2.5',
  home: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  building: 'M5 21V4h9v17M14 9h5v12M8 8h3M8 12h3M8 16h3M3 21h18',
  link: 'M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1.5 1.5M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1.5-1.5',
  feed: 'M5 5a14 14 0 0114 14M5 11a8 8 0 018 8M6 18.5v.3',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5.5l3.5 2',
  twins: 'M8 4h11v12H8zM5 8v12h11',
  again: 'M19 8a8 8 0 10.9 6M20 3.5V8.5h-5',
  door: 'M14 4H5v16h9M10 12h10M17 8.5l3.5 3.5-3.5 3.5',
} as const;

export type IconName = keyof typeof paths;

/** A small drawing beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
