import { createRootRoute, HeadContent, Outlet, Scripts } from '@tanstack/react-router';
import styles from 'assistants-react/styles.css?url';

export const Route = createRootRoute({
  head: () => ({
    meta: [
      { charSet: 'utf-8' },
      { name: 'viewport', content: 'width=device-width' },
      { title: 'Chat' },
    ],
    links: [{ rel: 'stylesheet', href: styles }],
  }),
  component: Root,
});

function Root() {
  return (
    <html lang="en">
      <head>
        <HeadContent />
      </head>
      <body style={{ margin: 0 }}>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
