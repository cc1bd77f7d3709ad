# A distance has a sign.
ja 1
exit
#! error-distance-without-sign.asm:2:4: expected a label or a distance with its sign, but found '1'
#!   ja 1
#!      ^
