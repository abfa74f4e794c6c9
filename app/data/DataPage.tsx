import type { ReactElement } from 'react';
import { CollectionView } from './CollectionView.js';
import { findPlace } from './findPlace.js';
import { ObjectView } from './ObjectView.js';
import { resources } from './resources.js';

/** Shows everything that the server has, by the paths of the API, and what can be done with it. */
export function DataPage({ path }: { path: string }): ReactElement {
  const place = findPlace(path);
  return (
    <main className="data">
      <nav aria-label="Path" className="path">
        <a href="#/data/">All data</a>
        {place?.collectionPath.split('/').map((segment, index, segments) => (
          <a key={segment} href={`#/data/${segments.slice(0, index + 1).join('/')}`}>
            {segment}
          </a>
        ))}
        {place?.objectId !== undefined && <span>{place.objectId}</span>}
      </nav>
      {place === undefined && <Start />}
      {place && place.objectId === undefined && (
        <CollectionView key={place.collectionPath} place={place} />
      )}
      {place?.objectId !== undefined && (
        <ObjectView key={`${place.collectionPath}/${place.objectId}`} place={place} />
      )}
    </main>
  );
}

function Start(): ReactElement {
  return (
    <>
      <h2>Everything that the server has</h2>
      <p>Each page here is a path of the API, and each button is one of its operations.</p>
      <ul className="rows">
        {resources
          .filter(({ path }) => !path.includes('/'))
          .map(({ path, title, about }) => (
            <li key={path}>
              <a href={`#/data/${path}`}>{title}</a>
              <span>{about}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
