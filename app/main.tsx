import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Placeholder } from 'assistants-react';
import 'assistants-react/styles.css';

const root = document.getElementById('root');
if (root === null) throw new Error('app/index.html has lost its #root element.');

createRoot(root).render(
  <StrictMode>
    <p>hello</p>
    <Placeholder />
  </StrictMode>,
);
