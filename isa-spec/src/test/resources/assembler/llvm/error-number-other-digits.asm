; Digits are those of ASCII.
r0 = ٣
;! error-number-other-digits.asm:2:6: expected a number or a register r0 to r10 or '(' or '*' or '-' or 'addr_space_cast' or 'atomic64_cmpxchg' or 'atomic64_fetch_add' or others, but found '٣'
;!   r0 = ٣
;!        ^
