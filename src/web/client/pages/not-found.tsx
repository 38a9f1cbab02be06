import { Empty } from '../parts/empty.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/index.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const words = useWords();
  return (
    <Page title={words.notFound.title}>
      <Empty icon="search" title={words.notFound.lead}>
        <Link to="/" class="button plain">
          {words.notFound.home}
        </Link>
      </Empty>
    </Page>
  );
}
