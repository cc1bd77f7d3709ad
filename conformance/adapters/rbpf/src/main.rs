// SPDX-License-Identifier: Apache-2.0
//
// An adapter for rbpf, its interpreter or, with --jit, its JIT compiler, in the protocol of docs/conformance-protocol.md, with the settings that rbpf
// comes with. It has a stack of its own and tells no registers but r0; helper 5, which unwinds, cannot be had.
//
//   conformance/adapters/build rbpf PATH/OF/rbpf
use std::io::{self, Read, Write};
use std::panic;
use std::time::Instant;

const RETURNED: u32 = 0;
const FAULT: u32 = 1;
const REJECTED: u32 = 2;
const UNSUPPORTED: u32 = 4;
const PAGE: usize = 4096;
const MOST: usize = 64 << 20;
const HEAD: usize = 32;
const BIG_ENDIAN: u64 = 1;
const TIMED: u64 = 2;
const HAS_MEMORY: u32 = 2;
const HAS_TIME: u32 = 4;

struct Reply {
    status: u32,
    r0: u64,
    nanoseconds: u64,
    text: String,
}

fn reply(status: u32, text: String) -> Reply {
    Reply { status, r0: 0, nanoseconds: 0, text }
}

// Memory at an address below 4 GiB, or anywhere.
struct Memory {
    start: *mut libc::c_void,
    size: usize,
    skip: usize,
    length: usize,
}

impl Memory {
    fn new(address: usize, length: usize) -> Option<Memory> {
        let skip = address % PAGE;
        let size = skip + length.max(1);
        let fixed = if address == 0 { 0 } else { libc::MAP_FIXED_NOREPLACE };
        let wanted = (address - skip) as *mut libc::c_void;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | fixed;
        let start = unsafe { libc::mmap(wanted, size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
        if start == libc::MAP_FAILED || address != 0 && start != wanted {
            return None;
        }
        Some(Memory { start, size, skip, length })
    }

    fn bytes(&mut self) -> &'static mut [u8] {
        unsafe { std::slice::from_raw_parts_mut((self.start as *mut u8).add(self.skip), self.length) }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        unsafe { libc::munmap(self.start, self.size) };
    }
}

fn run(jit: bool, code: &[u8], memory: &'static mut [u8], times: u64) -> Reply {
    // rbpf does not tell the length of memory: an instruction in front does, mov64 r2, LENGTH. All jumps and calls are relative.
    let mut whole = vec![0xb7, 0x02, 0, 0];
    whole.extend_from_slice(&(memory.len() as u32).to_le_bytes());
    whole.extend_from_slice(code);
    let mut vm = match rbpf::EbpfVmRaw::new(Some(&whole)) {
        Ok(vm) => vm,
        Err(e) => return reply(REJECTED, e.to_string()),
    };
    if jit {
        if let Err(e) = vm.jit_compile() {
            return reply(REJECTED, e.to_string());
        }
    }
    let (start, length) = (memory.as_mut_ptr(), memory.len());
    let mut result = Ok(0);
    let begun = Instant::now();
    for _ in 0..times {
        let bytes = unsafe { std::slice::from_raw_parts_mut(start, length) };
        result = if jit { unsafe { vm.execute_program_jit(bytes) } } else { vm.execute_program(bytes) };
        if result.is_err() {
            break;
        }
    }
    let nanoseconds = begun.elapsed().as_nanos() as u64;
    match result {
        Ok(r0) => Reply { status: RETURNED, r0, nanoseconds, text: String::new() },
        Err(e) => reply(FAULT, e.to_string()),
    }
}

fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    (0..size).map(|i| (bytes[at + i] as u64) << (8 * i)).sum()
}

fn frame(out: &mut impl Write, body: &[u8]) -> io::Result<()> {
    out.write_all(&(body.len() as u32).to_le_bytes())?;
    out.write_all(body)?;
    out.flush()
}

fn answer(jit: bool, request: &[u8], out: &mut impl Write) -> io::Result<()> {
    let (flags, address, stack) = (number(request, 4, 4), number(request, 8, 8), number(request, 16, 8));
    let memory_length = number(request, 24, 4) as usize;
    let code_length = number(request, 28, 4) as usize;
    let timed = flags & TIMED != 0;
    let times = if timed { number(request, HEAD, 8) } else { 1 };
    let body = &request[HEAD + if timed { 8 } else { 0 }..];
    let (given, code) = body.split_at(memory_length);
    let code = &code[..code_length];
    let mut memory = Memory::new(if memory_length == 0 { 0 } else { address as usize }, memory_length);
    let done = if flags & BIG_ENDIAN != 0 {
        reply(UNSUPPORTED, "little-endian programs only".to_string())
    } else if stack != 0 {
        reply(UNSUPPORTED, "the stack is where rbpf puts it".to_string())
    } else if let Some(memory) = memory.as_mut() {
        memory.bytes().copy_from_slice(given);
        let bytes = memory.bytes();
        panic::catch_unwind(panic::AssertUnwindSafe(move || {
            let own = bytes;
            run(jit, code, own, times)
        })).unwrap_or_else(|_| reply(FAULT, "rbpf panicked".to_string()))
    } else {
        reply(UNSUPPORTED, format!("no memory can be had at 0x{address:x}"))
    };
    let tells_memory = done.status == RETURNED && memory_length != 0;
    let mut answer = request[0..4].to_vec();
    answer.extend_from_slice(&done.status.to_le_bytes());
    let told = if tells_memory { HAS_MEMORY } else { 0 } | if timed { HAS_TIME } else { 0 };
    answer.extend_from_slice(&told.to_le_bytes());
    answer.extend_from_slice(&(done.text.len() as u32).to_le_bytes());
    answer.extend_from_slice(&done.r0.to_le_bytes());
    if timed {
        answer.extend_from_slice(&done.nanoseconds.to_le_bytes());
    }
    if let (true, Some(memory)) = (tells_memory, memory.as_mut()) {
        answer.extend_from_slice(memory.bytes());
    }
    answer.extend_from_slice(done.text.as_bytes());
    frame(out, &answer)
}

fn main() -> io::Result<()> {
    let jit = std::env::args().nth(1).as_deref() == Some("--jit");
    panic::set_hook(Box::new(|_| {}));
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let (name, checks) = if jit { ("rbpf, JIT", "none") } else { ("rbpf, interpreter", "bounds of every access") };
    frame(&mut out, format!("bpf4j-adapter 1\nname {name}\nversion of its crate\nchecks {checks}\n").as_bytes())?;
    let mut length = [0u8; 4];
    while input.read_exact(&mut length).is_ok() {
        let size = u32::from_le_bytes(length) as usize;
        if size < HEAD || size > MOST {
            eprintln!("a request of {size} bytes");
            std::process::exit(1);
        }
        let mut request = vec![0; size];
        input.read_exact(&mut request)?;
        let times = if number(&request, 4, 4) & TIMED != 0 { 8 } else { 0 };
        if number(&request, 24, 4) + number(&request, 28, 4) + times + HEAD as u64 != size as u64 {
            eprintln!("a request with lengths that do not fit");
            std::process::exit(1);
        }
        answer(jit, &request, &mut out)?;
    }
    Ok(())
}
