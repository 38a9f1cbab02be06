import { languageSchema } from '../../api.ts';
import { api } from '../api/index.ts';
import { asRefusal } from '../api/refusal.ts';
import { session } from '../api/session.ts';
import { announce } from '../state/announcement.ts';
import { language, useWords } from '../words/index.ts';

const names = { en: 'English', es: 'Español', nl: 'Nederlands' } as const;

/** Chooses the language; `remember` keeps it for the next time one signs in. */
export function Languages({ remember }: { readonly remember?: boolean }) {
  const words = useWords();
  return (
    <select
      class="languages"
      aria-label={words.languageLabel}
      value={words.language}
      onChange={(event) => {
        const chosen = languageSchema.parse(event.currentTarget.value);
        language.set(chosen);
        if (remember !== true) return;
        api.speak(chosen).then(
          (me) => {
            session.set({ state: 'in', me });
          },
          (thrown: unknown) => {
            announce(asRefusal(thrown).message);
          },
        );
      }}
    >
      {languageSchema.options.map((option) => (
        <option key={option} value={option} lang={option}>
          {names[option]}
        </option>
      ))}
    </select>
  );
}
