; A label must be somewhere.
goto nowhere
;! error-label-missing.asm:2:6: there is no label 'nowhere'
;!   goto nowhere
;!        ^
