import { useId, useRef, type ChangeEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { IconButton } from '../IconButton.js';
import { useDropZone } from '../file/useDropZone.js';
import { formatPercent } from '../i18n/lazyFormats.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { X } from '../icons.js';
import { truncate } from '../truncate.js';
import { useModalDialog } from '../useModalDialog.js';
import { ImportResult } from './ImportResult.js';
import { type ImportFiles, type ImportReport, useImport } from './useImport.js';
import { asPart } from '../part.js';

/** Props of `ImportDialog`. */
export interface ImportDialogProps<Report extends ImportReport> {
  /** Imports the files that the user has chosen or dropped: all files of a folder, or one zip file. */
  onImport: ImportFiles<Report>;
  /** Called after an import, while the dialog shows its report. */
  onImported?: ((report: Report) => void) | undefined;
  /** Called when the user closes the dialog, which stops an import. */
  onClose: () => void;
}

/**
 * Modal dialog that imports an export of the Assistants API: takes a folder or a zip file, and shows the progress and a report.
 * Opens on mount. Element: dialog. Data attributes: `data-status`, `data-dropping`.
 *
 * @example
 * import { fileFolder, importFolder, memoryStore } from 'assistants-react/backend';
 * const store = memoryStore();
 * <ImportDialog
 *   onImport={async (files, options) =>
 *     importFolder({ ...options, store, folder: await fileFolder(files) })
 *   }
 *   onClose={() => history.back()}
 * />
 */
export function ImportDialog<Report extends ImportReport>({
  onImport,
  onImported,
  onClose,
}: ImportDialogProps<Report>): ReactElement {
  const texts = useCompleteTexts().import;
  const titleId = useId();
  const dialog = useModalDialog(onClose);
  const { state, start, stop } = useImport(onImport, onImported);

  const isRunning = state.status === 'running';
  const { isDropping, ...dropHandlers } = useDropZone(start);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons in it do the same as a drop
    <dialog
      {...dialog}
      {...asPart('import-dialog')}
      data-status={state.status}
      data-dropping={isDropping && !isRunning ? '' : undefined}
      aria-labelledby={titleId}
      {...dropHandlers}
    >
      <header>
        <h2 id={titleId}>{texts.title}</h2>
        <IconButton label={texts.close} onClick={() => dialog.ref.current?.close()}>
          <X size={18} />
        </IconButton>
      </header>
      {isRunning ? (
        <Running share={state.share} onStop={stop} />
      ) : (
        <>
          {state.status === 'done' && <ImportResult report={state.report} />}
          {state.status === 'failed' && (
            <p role="alert" dir="auto" {...asPart('field-error')}>
              {truncate(state.message)}
            </p>
          )}
          <p>{texts.hint}</p>
          <FilePickers onChoose={(files) => start(Promise.resolve(files))} />
        </>
      )}
    </dialog>
  );
}

/** Progress, with a button that stops the import. */
function Running({ share, onStop }: { share: number; onStop: () => void }): ReactElement {
  const texts = useCompleteTexts().import;
  const format = useFormat();
  return (
    <div {...asPart('import-progress')}>
      <span>{texts.running}</span>
      <progress value={share} aria-label={texts.running} />
      <span aria-hidden="true">{formatPercent(format, share)}</span>
      <Button onClick={onStop}>{texts.stop}</Button>
    </div>
  );
}

/** Buttons that choose files or a folder. */
function FilePickers({ onChoose }: { onChoose: (files: File[]) => void }): ReactElement {
  const texts = useCompleteTexts().import;
  const filePicker = useRef<HTMLInputElement>(null);
  const folderPicker = useRef<HTMLInputElement>(null);
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(target.files ?? [])];
    // Without this, choosing the same file again would not fire an event.
    target.value = '';
    if (files.length > 0) onChoose(files);
  };
  return (
    <div {...asPart('import-pickers')}>
      <input
        ref={filePicker}
        type="file"
        multiple
        hidden
        accept=".zip,.json,.jsonl"
        aria-label={texts.chooseFiles}
        onChange={onChange}
      />
      <input
        ref={folderPicker}
        type="file"
        hidden
        aria-label={texts.chooseFolder}
        onChange={onChange}
        {...{ webkitdirectory: '' }}
      />
      <Button onClick={() => filePicker.current?.click()}>{texts.chooseFiles}</Button>
      <Button onClick={() => folderPicker.current?.click()}>{texts.chooseFolder}</Button>
    </div>
  );
}
