# A label must be somewhere.
ja exit
#! error-label-missing.asm:2:4: there is no label 'exit'
#!   ja exit
#!      ^
