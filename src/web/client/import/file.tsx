import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { sampleKinds } from '../../api.ts';
import { asRefusal, isCalledOff, type Refusal } from '../api/refusal.ts';
import { upload } from '../api/upload.ts';
import { Button } from '../parts/button.tsx';
import { Foot } from '../parts/foot.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Progress } from '../parts/progress.tsx';
import { announce } from '../state/announcement.ts';
import { useCatalog } from '../state/catalog.ts';
import { useMe } from '../state/me.ts';
import { goTo } from '../state/place.ts';
import { fieldTitle, useWords } from '../words/index.ts';
import type { Working } from './working.ts';

const endings = '.csv,.tsv,.txt,.xlsx,.zip,.gz,.json,.xml';

/** The first step: the file. */
export function FileStep(working: Working) {
  const { imported, mayChange } = working;
  const words = useWords();
  const { uploadBytes } = useMe();
  const sending = useSending(working);
  const title =
    imported.kind === null ? words.file.title : words.file.titleOf(words.kinds[imported.kind].name);
  return (
    <Page title={title} lead={words.file.lead}>
      {mayChange ? (
        <DropZone
          limit={words.bytes(uploadBytes)}
          busy={sending.file !== undefined && sending.refusal === undefined}
          onFile={(file) => {
            if (file.size > uploadBytes)
              sending.refuse(words.file.tooLarge(words.bytes(file.size), words.bytes(uploadBytes)));
            else sending.send(file);
          }}
        />
      ) : null}
      <Sending {...sending} />
      {imported.file !== null && sending.file === undefined ? (
        <Notice tone="good" title={words.file.have(imported.file.name)}>
          <p>{words.file.haveAbout(words.bytes(imported.file.bytes))}</p>
        </Notice>
      ) : null}
      <Expected {...working} />
      <Foot said={words.nothingSaved}>
        <Link to="/" class="button plain">
          {words.back}
        </Link>
        {imported.file === null ? null : (
          <Link to={`/imports/${imported.id}/reading`} class="button main">
            {words.goOn}
          </Link>
        )}
      </Foot>
    </Page>
  );
}

interface SendingState {
  readonly file: File | undefined;
  readonly sent: number;
  readonly refusal: Refusal | undefined;
  readonly message: string | undefined;
  readonly send: (file: File) => void;
  readonly refuse: (message: string) => void;
  readonly cancel: () => void;
}

function useSending({ imported, put }: Working): SendingState {
  const words = useWords();
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState(0);
  const [refusal, setRefusal] = useState<Refusal>();
  const [message, setMessage] = useState<string>();
  const ending = useRef(new AbortController());
  useEffect(
    () => () => {
      ending.current.abort();
    },
    [],
  );
  const clear = () => {
    ending.current.abort();
    ending.current = new AbortController();
    setFile(undefined);
    setSent(0);
    setRefusal(undefined);
    setMessage(undefined);
  };
  return {
    file,
    sent,
    refusal,
    message,
    cancel: clear,
    refuse: (text) => {
      clear();
      setMessage(text);
    },
    send: (chosen) => {
      clear();
      setFile(chosen);
      const { signal } = ending.current;
      upload(imported.id, chosen, setSent, signal).then(
        (newer) => {
          announce(words.file.have(chosen.name));
          put(newer);
          goTo(`/imports/${newer.id}/reading`);
        },
        (thrown: unknown) => {
          if (!isCalledOff(thrown) && !signal.aborted) setRefusal(asRefusal(thrown));
        },
      );
    },
  };
}

function Sending({ file, sent, refusal, message, send, cancel }: SendingState) {
  const words = useWords();
  if (message !== undefined)
    return (
      <Notice tone="bad" urgent title={message}>
        <p>{words.file.tooLargeCure}</p>
      </Notice>
    );
  if (file === undefined) return null;
  if (refusal?.code === 'offline')
    return (
      <Notice
        tone="bad"
        urgent
        title={words.file.brokenOff(file.name)}
        actions={
          <Button
            rank="main"
            icon="again"
            onClick={() => {
              send(file);
            }}
          >
            {words.tryAgain}
          </Button>
        }
      >
        <p>{words.file.brokenOffAbout(words.bytes(sent), words.bytes(file.size))}</p>
      </Notice>
    );
  if (refusal !== undefined)
    return (
      <RefusalNotice
        refusal={refusal}
        onRetry={() => {
          send(file);
        }}
      />
    );
  const share = file.size === 0 ? 1 : Math.min(1, sent / file.size);
  return (
    <div class="card stack" role="group" aria-label={words.file.sending(file.name)}>
      <div class="row apart">
        <p class="strong">{words.file.sending(file.name)}</p>
        <span class="soft numbers">
          {words.bytes(sent)} / {words.bytes(file.size)}
        </span>
      </div>
      <Progress label={words.file.sending(file.name)} share={share} />
      <div class="row apart">
        <span class="soft">{share === 1 ? words.file.arrived : words.percent(share)}</span>
        <Button icon="cross" onClick={cancel}>
          {words.stop}
        </Button>
      </div>
    </div>
  );
}

function DropZone({
  limit,
  busy,
  onFile,
}: {
  readonly limit: string;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}) {
  const words = useWords();
  const id = useId();
  const [over, setOver] = useState(false);
  useEffect(() => {
    // A file that misses the zone must not take the place of the page.
    const keep = (event: DragEvent) => {
      event.preventDefault();
    };
    window.addEventListener('dragover', keep);
    window.addEventListener('drop', keep);
    return () => {
      window.removeEventListener('dragover', keep);
      window.removeEventListener('drop', keep);
    };
  }, []);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined && !busy) onFile(file);
  };
  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragEnter={() => {
        setOver(true);
      }}
      onDragOver={() => {
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <p class="drop-title">{words.file.drop}</p>
      <input
        id={id}
        class="unseen"
        type="file"
        accept={endings}
        disabled={busy}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <label for={id} class="button main">
        <Icon name="file" />
        <span>{words.file.choose}</span>
      </label>
      <p class="soft">{words.file.kinds(limit)}</p>
    </div>
  );
}

/** What a file of the kind should hold, and a sample to begin with. */
function Expected({ imported: { kind } }: Working) {
  const words = useWords();
  const catalog = useCatalog();
  if (kind === null) return null;
  const fields = catalog.value?.fields.filter((field) => field.kinds.includes(kind)) ?? [];
  const required = fields.filter((field) => field.requiredBy.includes(kind));
  const others = fields.filter((field) => !field.requiredBy.includes(kind));
  return (
    <section class="card stack" aria-labelledby="expected">
      <div class="row apart">
        <h2 id="expected">{words.file.expected}</h2>
        {sampleKinds.some((one) => one === kind) ? (
          <a class="button plain" href={`/api/samples/${kind}`} download={`${kind}.csv`}>
            <Icon name="download" />
            <span>{words.file.sample}</span>
          </a>
        ) : null}
      </div>
      <p class="soft">{words.file.expectedAbout}</p>
      {required.length === 0 ? null : (
        <ul class="tags" aria-label={words.file.required}>
          {required.map((field) => (
            <li key={field.name} class="tag must">
              {fieldTitle(words, field)}
            </li>
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <details>
          <summary>{words.file.optional(others.length)}</summary>
          <ul class="tags">
            {others.map((field) => (
              <li key={field.name} class="tag">
                {fieldTitle(words, field)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
