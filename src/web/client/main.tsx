import { render } from 'preact';
import { App } from './app.tsx';
import './look/tokens.css';
import './look/base.css';
import './look/parts.css';
import './look/pages.css';
import './look/preview.css';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the wizard');
render(<App />, place);
