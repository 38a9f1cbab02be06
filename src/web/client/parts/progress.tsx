interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; absent where it is not known. */
  readonly share?: number | undefined;
}

/** A bar that fills, or moves where the end is not known. */
export function Progress({ label, share }: ProgressProps) {
  return (
    <progress
      class="progress"
      aria-label={label}
      {...(share === undefined ? {} : { max: 1000, value: Math.round(share * 1000) })}
    />
  );
}
