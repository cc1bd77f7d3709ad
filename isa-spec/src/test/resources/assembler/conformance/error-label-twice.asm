# A label stands once.
a:
exit
a:
exit
#! error-label-twice.asm:4:1: label 'a' stands twice
#!   a:
#!   ^
