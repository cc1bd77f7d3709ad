; A distance has 16 bits.
goto +40000
;! error-distance-too-large.asm:2:6: the value does not fit into 16 bits
;!   goto +40000
;!        ^
