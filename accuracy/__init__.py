"""How right the judging is: sets whose truth is known, judged and scored.

A tool of the project, not part of the installed program. `python -m accuracy` runs it.

  plans          which sets make up the card
  pixels         filming them and following the person with the real pose model
  filed          one tracked set as a small file
  noise_model    what the pose model does to the truth
  noise_fit, noise_file      fitting it to tracked sets, and keeping it
  fitting        to which films, and what exercises with few of them borrow
  twins          more sets, without pixels, spoiled by that model
  unprepared     such sets of people who did not prepare for being judged
  fidelity       how far the tracked joints lie from the true ones
  real_cases     recordings of real people, where they are beside the repository
  real, real_tables, real_floor      their strict scores, tables, and what none may fall below
  recognition    how often the exercise is recognised, in filed sets and in recordings
  samples        the sample videos, through the real pose model
  judging, twin_scores, score, card      from poses to scores, and from scores to shares
  published, picture         the card as JSON, tables and a picture
"""
