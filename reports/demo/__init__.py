"""The demo: a believable municipality with two years of improvement behind it.

Everything happens through the same actions as in the application, in order of time, under a clock
that stands at the moment it happened.  What is told is in the files of ideas and works; how it
is told in `stories`; `loader` lets all stories happen.  Every name is invented.
"""
