using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace AutoDiffAE.Tests.Gpu;

/// <summary>Kernels written in OpenCL C by hand, to be compared with: the first device of the first platform, and no library between.</summary>
internal sealed unsafe class OpenClC
{
    private const string Library = "libOpenCL.so.1";

    private readonly nint _device, _context, _queue;

    public OpenClC()
    {
        nint platform, device;
        Checked(clGetPlatformIDs(1, &platform, null));
        Checked(clGetDeviceIDs(platform, ulong.MaxValue >> 32, 1, &device, null));
        _device = device;
        int error;
        _context = clCreateContext(null, 1, &device, 0, 0, &error);
        Checked(error);
        _queue = clCreateCommandQueue(_context, _device, 0, &error);
        Checked(error);
    }

    /// <summary>The median of some runs, in seconds. Arrays are filled with small numbers; the last arguments are whole numbers.</summary>
    public double Seconds(string source, string name, int[] lengths, int[] numbers, nuint[] global, int runs = 15)
    {
        int error;
        var bytes = Encoding.ASCII.GetBytes(source + '\0');
        nint program;
        fixed (byte* text = bytes)
        {
            var begin = text;
            program = clCreateProgramWithSource(_context, 1, &begin, null, &error);
        }
        Checked(error);
        var device = _device;
        Checked(clBuildProgram(program, 1, &device, "", 0, 0));
        var kernel = clCreateKernel(program, name, &error);
        Checked(error);
        for (var i = 0; i < lengths.Length; i++)
        {
            float[] values = [.. Enumerable.Range(0, lengths[i]).Select(j => j % 17 * 0.01f)];
            fixed (float* host = values)
            {
                var buffer = clCreateBuffer(_context, 1 | 32, (nuint)lengths[i] * 4, host, &error);
                Checked(error);
                Checked(clSetKernelArg(kernel, (uint)i, (nuint)sizeof(nint), &buffer));
            }
        }
        for (var i = 0; i < numbers.Length; i++)
            fixed (int* number = &numbers[i]) Checked(clSetKernelArg(kernel, (uint)(lengths.Length + i), 4, number));
        List<double> times = [];
        fixed (nuint* size = global)
        {
            for (var i = -2; i < runs; i++)
            {
                var before = Stopwatch.GetTimestamp();
                Checked(clEnqueueNDRangeKernel(_queue, kernel, (uint)global.Length, null, size, null, 0, null, null));
                Checked(clFinish(_queue));
                if (i >= 0) times.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
            }
        }
        times.Sort();
        return times[times.Count / 2];
    }

    private static void Checked(int error)
    {
        if (error != 0) throw new InvalidOperationException($"OpenCL error {error}");
    }

    [DllImport(Library)] private static extern int clGetPlatformIDs(uint count, nint* platforms, uint* found);
    [DllImport(Library)] private static extern int clGetDeviceIDs(nint platform, ulong type, uint count, nint* devices, uint* found);
    [DllImport(Library)] private static extern nint clCreateContext(nint* properties, uint count, nint* devices, nint notify, nint data, int* error);
    [DllImport(Library)] private static extern nint clCreateCommandQueue(nint context, nint device, ulong properties, int* error);
    [DllImport(Library)] private static extern nint clCreateBuffer(nint context, ulong flags, nuint size, void* host, int* error);
    [DllImport(Library)] private static extern nint clCreateProgramWithSource(nint context, uint count, byte** texts, nuint* lengths, int* error);
    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)] private static extern int clBuildProgram(nint program, uint count, nint* devices, string options, nint notify, nint data);
    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)] private static extern nint clCreateKernel(nint program, string name, int* error);
    [DllImport(Library)] private static extern int clSetKernelArg(nint kernel, uint index, nuint size, void* value);
    [DllImport(Library)] private static extern int clEnqueueNDRangeKernel(nint queue, nint kernel, uint dimensions, nuint* offset, nuint* global, nuint* local, uint waits, nint* events, nint* done);
    [DllImport(Library)] private static extern int clFinish(nint queue);
}
