import type { ModelCompatibility } from './ModelCompatibility.js';

/** Features that a profile learns. */
export interface ProfileFeatures {
  systemRole: boolean;
  anyRoleOrder: boolean;
  emptyContent: boolean;
  images: boolean;
  reasoningStart: boolean;
  streaming: boolean | 'without-tools';
}

/** Facts about a model of a server. */
export interface Profile extends ProfileFeatures {
  /** Names of fields that the server refuses, or `name=value` in JSON for a value that it refuses. */
  omitted: ReadonlySet<string>;
  /** URLs of images that the server refuses. */
  refusedImages: ReadonlySet<string>;
  /** Longest prompt in characters that the server accepted after it had refused a longer one. */
  maxPromptLength: number | undefined;
}

/** Change of a profile. */
export interface ProfileChange extends Partial<ProfileFeatures> {
  omit?: readonly string[];
  refuseImages?: readonly string[];
  maxPromptLength?: number;
}

/** Profiles of the models of one server. */
export interface Profiles {
  /** Returns the profile of a model. */
  get(model: string): Profile;
  /** Remembers a change for a model. */
  learn(model: string, change: ProfileChange): void;
  /** Returns a profile with a change, without the features that the options set. */
  apply(profile: Profile, change: ProfileChange): Profile;
}

/** Names of models come from clients, so their number is limited. */
const MAX_MODELS = 200;
const MAX_ENTRIES = 500;

/** Creates the profiles of a server, which are kept in memory. Features that the options set are not learnt. */
export function createProfiles(compatibility: ModelCompatibility = {}): Profiles {
  const { omit = [], ...options } = compatibility;
  const features: Partial<ProfileFeatures> = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
  const initial: Profile = {
    systemRole: true,
    anyRoleOrder: true,
    emptyContent: true,
    images: true,
    reasoningStart: true,
    streaming: true,
    ...features,
    omitted: new Set(omit),
    refusedImages: new Set(),
    maxPromptLength: undefined,
  };
  const profiles = new Map<string, Profile>();
  const get = (model: string) => profiles.get(model) ?? initial;

  function apply(profile: Profile, change: ProfileChange): Profile {
    const { omit: omitted = [], refuseImages = [], ...rest } = change;
    return {
      ...profile,
      ...rest,
      ...features,
      omitted: addAll(profile.omitted, omitted),
      refusedImages:
        features.images === true
          ? profile.refusedImages
          : addAll(profile.refusedImages, refuseImages),
    };
  }

  return {
    get,
    apply,
    learn(model, change) {
      const profile = apply(get(model), change);
      profiles.delete(model);
      profiles.set(model, profile);
      const [oldest] = profiles.keys();
      if (profiles.size > MAX_MODELS && oldest !== undefined) profiles.delete(oldest);
    },
  };
}

/** Adds values to a set and drops the oldest ones over the limit. */
function addAll(values: ReadonlySet<string>, added: readonly string[]): ReadonlySet<string> {
  return added.length === 0 ? values : new Set([...values, ...added].slice(-MAX_ENTRIES));
}
