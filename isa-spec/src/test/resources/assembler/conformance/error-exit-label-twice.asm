# Also the one that exit defines, if it stands behind.
exit
exit:
exit
#! error-exit-label-twice.asm:3:1: label 'exit' stands twice
#!   exit:
#!   ^
