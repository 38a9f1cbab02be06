import { render } from 'preact';
import { z } from 'zod';

z.config({ jitless: true });
render(<p>{z.string().parse('x')}</p>, document.body);
