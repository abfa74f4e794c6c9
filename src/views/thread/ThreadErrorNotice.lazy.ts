import { createExplanation } from '../../components/feedback/createExplanation.js';
import type { ErrorExplanation, NoticeError } from '../../components/feedback/ErrorNoticeFrame.js';
import type { ComponentTexts } from '../../components/i18n/ComponentTexts.js';
import { completeEnglish } from '../../components/i18n/english.lazy.js';
import type { Language } from '../../components/i18n/LanguageContext.js';
import { translateCatalogue, type CatalogueCache } from '../../components/i18n/useCatalogue.js';

const cache: CatalogueCache<ComponentTexts> = new WeakMap();

/** Returns the title and the advice for an error in a language. */
export function explainError(error: NoticeError, language: Language['texts']): ErrorExplanation {
  return createExplanation(error, translateCatalogue(language, completeEnglish, cache));
}
