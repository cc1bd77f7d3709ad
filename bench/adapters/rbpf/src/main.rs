// SPDX-License-Identifier: Apache-2.0
// rbpf, with the settings that it comes with: bounds checks in the interpreter, none in compiled code. The protocol stands in ../../README.md.
use std::io::{self, BufRead, Write};
use std::time::Instant;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Interpreter,
    Jit,
}

// What is loaded stays: a benchmark loads some dozen programs in a process.
struct Adapter {
    kind: Kind,
    vm: Option<rbpf::EbpfVmRaw<'static>>,
    memory: Vec<u8>,
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    if text.len() % 2 != 0 || !text.bytes().all(|c| c.is_ascii_hexdigit()) {
        return Err("not hexadecimal".to_string());
    }
    Ok((0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap_or(0)).collect())
}

impl Adapter {
    fn load(&mut self, text: &str) -> Result<String, String> {
        // rbpf does not tell the length of memory: an instruction in front does, mov64 r2, LENGTH. All jumps and calls are relative.
        let mut whole = vec![0xb7, 0x02, 0, 0];
        whole.extend_from_slice(&(self.memory.len() as u32).to_le_bytes());
        whole.extend(bytes(text)?);
        let code: &'static [u8] = Box::leak(whole.into_boxed_slice());
        let mut vm = rbpf::EbpfVmRaw::new(Some(code)).map_err(|e| e.to_string())?;
        if self.kind == Kind::Jit {
            vm.jit_compile().map_err(|e| e.to_string())?;
        }
        self.vm = Some(vm);
        Ok(String::new())
    }

    fn run(&mut self, text: &str) -> Result<String, String> {
        let times: u64 = text.parse().map_err(|_| "not a number".to_string())?;
        let vm = self.vm.as_mut().ok_or("nothing is loaded")?;
        let mut result = 0;
        let start = Instant::now();
        for _ in 0..times {
            result = match self.kind {
                Kind::Interpreter => vm.execute_program(&mut self.memory),
                Kind::Jit => unsafe { vm.execute_program_jit(&mut self.memory) },
            }
            .map_err(|e| e.to_string())?;
        }
        Ok(format!(" {:x} {}", result, start.elapsed().as_nanos()))
    }

    fn answer(&mut self, line: &str) -> Result<String, String> {
        let (request, argument) = line.split_once(' ').unwrap_or((line, ""));
        match request {
            "describe" => Ok(match self.kind {
                Kind::Interpreter => " rbpf, interpreted: bounds checks".to_string(),
                Kind::Jit => " rbpf, compiled: no bounds checks".to_string(),
            }),
            "load" => self.load(argument),
            "memory" => {
                self.memory = bytes(argument)?;
                Ok(String::new())
            }
            "run" => self.run(argument),
            "dump" => Ok(format!(" {}", self.memory.iter().map(|byte| format!("{byte:02x}")).collect::<String>())),
            _ => Err("no such request".to_string()),
        }
    }
}

fn main() -> io::Result<()> {
    let kind = match std::env::args().nth(1).as_deref() {
        Some("interpreter") => Kind::Interpreter,
        Some("jit") => Kind::Jit,
        _ => {
            eprintln!("expected one argument: interpreter or jit");
            std::process::exit(1);
        }
    };
    let mut adapter = Adapter { kind, vm: None, memory: Vec::new() };
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        match adapter.answer(&line?) {
            Ok(text) => writeln!(out, "ok{text}")?,
            Err(reason) => writeln!(out, "no {}", reason.replace(['\n', '\r'], " "))?,
        }
        out.flush()?;
    }
    Ok(())
}
