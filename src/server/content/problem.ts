import { relative } from 'node:path'

/** Where something stands: an absolute file and a line, counted from 1. */
export interface Place {
  file: string
  line: number
}

export interface Problem {
  /** Relative to the package's folder; a value from a base package begins with `../`. */
  file: string
  line: number
  code: ProblemCode
  values: Record<string, string | number>
  /** The code and its values as an English sentence. */
  message: string
}

/** Every mistake that the import knows. `{name}` stands for a value of the problem. */
const sentences = {
  'file-missing': 'this file is missing',
  'folder-missing': 'the list names "{id}", but there is no folder {folder}',
  'folder-unlisted': 'the folder {folder} is not in the list "{list}" of {file}',
  'yaml-syntax': 'not valid YAML: {detail}',
  'key-unknown': 'unknown key "{key}"',
  'key-missing': 'the key "{key}" is missing',
  'value-wrong': '"{key}": {detail}',
  'id-duplicate': '"{id}" stands twice in the list "{list}"',
  'id-unknown': '"{id}" is not one of the {kind} of {file}',
  'language-missing': 'the language {language} is missing: both stand in every package',
  'stop-order': '"{id}" comes after an item of a later stop: the list is in the order of travel',
  'phase-missing': 'an item of a module has a phase',
  'phase-unplaced': 'the phase {phase} has no stop in {file}',
  'phase-in-track': 'an item of a track has no phase',
  'track-is-module': '"{id}" is the name of a module already',
  'audience-has-track': '"{id}" has the track "{track}" and cannot meet items of a module',
  'group-in-track': 'the field "{id}" is seen by the group, but a track has no group',
  'task-minutes-missing': 'a task declares its minutes',
  'task-fields-missing': 'a task has at least one field',
  'article-minutes': 'the minutes of an article are counted: leave them out',
  'article-fields': 'an article has no fields: make a task of it',
  'article-empty': 'an article begins with a paragraph, its lede',
  'scale-empty': 'the scale of "{id}" must end above its beginning',
  'media-absent': 'an item of the kind {kind} has media',
  'media-unexpected': 'an item of the kind {kind} has no media',
  'media-missing': 'there is no file {name} in the folder of the item',
  'media-type': '{name}: {detail}',
  'media-minutes': 'declared are {minutes} minutes, but {name} lasts {real}',
  'track-too-long': 'the items take {minutes} minutes, more than maxMinutes {max}',
  'meeting-outline': 'the parts of the meeting take {minutes} minutes, and the meeting {of}',
  'gathering-own': 'the stop "{id}" is own time: nobody meets there, and it has no activities',
  'gathering-too-long': 'the activities take {minutes} minutes, and the stop {of}',
  'activity-item': 'the activity "{id}" opens "{item}", which is no item of this package',
  'guide-unlisted': 'the guide {name} belongs to no activity of {file}',
  'budget-outside': 'the required time of "{audience}" is {hours} hours, outside {min}–{max}',
  'text-form': '{form} is not one of the forms that a text may have',
  'text-heading-level': 'a heading of level {level}: only ## and ### are allowed',
  'text-nested': '{form} cannot stand within {within}',
  'text-link': 'the link {href} must begin with https:// or term:',
  'text-image': 'the image {href} is not from drawings/: write drawing:<name>',
  'text-image-inline': 'a drawing stands on a line of its own',
  'text-drawing-unknown': 'there is no drawings/{name}.svg',
  'text-caption-missing': 'the drawing has no caption',
  'text-note-kind': '[!{tone}] is not a note: [!note], [!small] or [!large]',
  'text-note-heading': 'the note has no heading after [!{tone}]',
  'text-structure': '{here}, but {there} in {file}:{line}',
  'svg-syntax': 'not well-formed: {detail}',
  'svg-element': 'the element <{name}> is not allowed in a drawing',
  'svg-attribute': 'the attribute {name} of <{element}> is not allowed in a drawing',
  'svg-value': '{name}="{value}" is not allowed in a drawing',
  'svg-style': 'the style "{detail}" is not allowed in a drawing',
  'captions-header': 'a WebVTT file begins with WEBVTT',
  'captions-timing': 'a cue begins with a line like 00:01.000 --> 00:03.500',
  'captions-empty': 'the cue has no text',
  'captions-none': 'there is no cue in this file',
  'captions-backwards': 'the cue ends before it begins',
  'captions-order': 'the cue begins before the one above it',
  'captions-beyond': 'the cue ends at {end} s, beyond the {seconds} s of {name}',
  'overlay-base': 'the base package "{id}" was not found beside this one',
  'overlay-version': 'the base package "{id}" is version {found}, not {wanted}',
  'overlay-circle': 'the package extends itself',
  'overlay-list': 'the list "{list}" changes only by insert, move and remove',
  'overlay-edit': 'an entry of {edit} is {form}',
  'overlay-known': '"{id}" is in the list "{list}" already',
  'overlay-unknown': '"{id}" is not in the list "{list}"',
  'overlay-widens': 'the field "{id}" is seen by {before}: an overlay cannot change it to {after}',
  'overlay-kind': 'the field "{id}" is a {before}: an overlay cannot make it a {after}',
} as const
export type ProblemCode = keyof typeof sentences

export interface Problems {
  add(place: Place, code: ProblemCode, values?: Record<string, string | number>): void
  /** By file and line. */
  sorted(): Problem[]
}

/** Collects every mistake of one package; the same one twice in a line is told once. */
export const collectProblems = (folder: string): Problems => {
  const found: Problem[] = []
  return {
    add: (place, code, values = {}) => {
      const message = sentences[code].replace(/\{(\w+)\}/g, (_, key) => String(values[key]))
      const file = relative(folder, place.file)
      const { line } = place
      if (found.some((one) => one.file === file && one.line === line && one.message === message))
        return
      found.push({ file, line, code, values, message })
    },
    sorted: () =>
      found.toSorted(
        (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message),
      ),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
