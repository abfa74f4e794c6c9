import type { ReactNode } from 'react';
import 'assistants-react/styles.css';
import { Providers } from './chat/Providers';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body style={{ margin: 0 }}>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
