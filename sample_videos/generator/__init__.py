"""Films of a procedural person doing exercises, with the exact truth beside each film.

Nothing in here belongs to the installed program: these are the sources of `sample_videos/`.
numpy, OpenCV and PyAV are enough; every picture follows from the seed in its script.

From the inside out:
  rotations, kinematics   a skeleton, limbs that reach for a point, the joints that result
  person, flesh, solids   who is filmed: proportions, and the solids their body is made of
  mesh, skin, body        the solids as one mesh that follows the skeleton
  clothes, noise          the colour of every point of it
  contacts, supine, prone resting a pose on the floor, on the back, on the belly
  quadruped, upright      on hands and knees, on the feet
  camera, raster, light, room, render   a picture of it
  props, passers, walking what stands beside the body, is held, or goes by
  passages                walking in and lying down, getting up and walking off
  motion, repertoire, exercises/   what the person does, well or with a flaw, as data
  population, samples     a whole film from one seed; those that are committed
  clip, film              a film as data, and as pictures and a file
  truth, sheet            where each joint was; a contact sheet of the films
  preview                 a look at a motion and its flaws

Coordinates are the person's when standing: x to their left, y up, z forward, in metres, with the
floor at y = 0.
"""
