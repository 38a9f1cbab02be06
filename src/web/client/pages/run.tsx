import { Link } from '../parts/link.tsx';
import { Outcome } from '../run/outcome.tsx';
import { useWords } from '../words/index.ts';

/** One run of the history. */
export function RunPage({ id }: { readonly id: string }) {
  const words = useWords();
  return (
    <>
      <nav class="crumbs" aria-label={words.ways}>
        <Link to="/runs">{words.runs.title}</Link>
      </nav>
      <Outcome id={id} />
    </>
  );
}
