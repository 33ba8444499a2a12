import type { Course } from './course.ts'
import { path } from './lane.ts'

/** Travelled = a whole line, left = dots, both on a casing. */
export const FjordLane = ({ course, lying = false }: { course: Course; lying?: boolean }) => (
  <>
    <path class="lane-case" d={path(course.all, lying)} />
    <path class="lane-left" d={path(course.left, lying)} />
    <path class="lane-done" d={path(course.done, lying)} />
  </>
)
